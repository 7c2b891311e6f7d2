package dev.baton.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.http.Signing;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.QueryService;
import dev.baton.local.service.RequestMembers;
import dev.baton.local.service.Service;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Nothing is passed over: what AWS's model has of a request is honoured, refused, or listed as without effect.
class RequestMembersTest {
    private static EmbeddedAws aws;

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.start();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private static Set<String> operations(Service service) {
        return service.operations().stream().map(ApiOperation::name).collect(Collectors.toSet());
    }

    /// Those whose members all stand in one place, where they are looked at before the operation begins.
    private static boolean readsInOnePlace(Service service) {
        return service instanceof JsonService || service instanceof QueryService;
    }

    @Test
    void every_operation_has_a_line_of_members_that_aws_knows() {
        for (var service : aws.services()) {
            var table = RequestMembers.of(service.name());
            if (readsInOnePlace(service)) {
                assertThat(table.operations()).as(service.name()).isEqualTo(operations(service));
            }
            assertThat(operations(service)).as(service.name()).containsAll(table.operations());
            for (var operation : table.operations()) {
                assertThat(table.known(operation))
                        .as("%s %s", service.name(), operation)
                        .containsAll(table.honoured(operation))
                        .containsAll(table.fixed(operation).keySet())
                        .containsAll(table.withoutEffect(operation));
                assertThat(table.honoured(operation)).noneMatch(table.withoutEffect(operation)::contains);
            }
        }
    }

    @Test
    void a_member_that_is_not_honoured_is_refused_by_its_name() throws IOException {
        int refused = 0;
        for (var service : aws.services().stream()
                .filter(RequestMembersTest::readsInOnePlace)
                .toList()) {
            for (var operation : operations(service)) {
                var table = RequestMembers.of(service.name());
                var rest = new TreeSet<>(table.known(operation));
                rest.removeAll(table.honoured(operation));
                rest.removeAll(table.withoutEffect(operation));
                rest.removeAll(table.fixed(operation).keySet());
                // What is looked into is refused by what is in it, which forms say by numbers.
                table.honoured(operation).forEach(path -> rest.removeIf(each -> path.startsWith(each + ".")));
                rest.removeIf(path -> path.contains(".") && service instanceof QueryService);
                for (var member : rest) {
                    var answer = service instanceof JsonService json
                            ? json(json, operation, member)
                            : query(service.name(), operation, member);
                    assertThat(answer)
                            .as("%s %s", operation, member)
                            .startsWith("501 ")
                            .contains("NotImplemented")
                            .contains("does not honour " + member + " of " + operation);
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void what_stands_in_headers_queries_and_bodies_of_rest_is_refused_too() throws IOException {
        var lambda = new Signing(aws.endpoint(), aws.administrator(), "lambda");
        var functions = "/2015-03-31/functions";
        var invoked = lambda.send("POST", functions + "/f/invocations", Map.of("X-Amz-Log-Type", "Tail"), "{}");
        assertThat(invoked.text()).contains("does not honour LogType Tail, but None of Invoke");
        var listed = lambda.send("GET", functions + "?FunctionVersion=ALL", Map.of(), "");
        assertThat(listed.text()).contains("does not honour FunctionVersion of ListFunctions");
        var permitted = lambda.send("POST", functions + "/f/policy", Map.of(), "{\"RevisionId\":\"1\"}");
        assertThat(permitted.text()).contains("does not honour RevisionId of AddPermission");
        var scheduler = new Signing(aws.endpoint(), aws.administrator(), "scheduler");
        assertThat(scheduler
                        .send("POST", "/schedules/s", Map.of(), "{\"KmsKeyArn\":\"k\"}")
                        .status())
                .isEqualTo(501);
    }

    private static String json(JsonService service, String operation, String member) throws IOException {
        var small = Set.of("states", "ecs", "logs").contains(service.name());
        Object input = "x";
        for (var name : List.of(member.split("\\.")).reversed()) {
            input = Map.of(small ? Character.toLowerCase(name.charAt(0)) + name.substring(1) : name, input);
        }
        var headers = Map.of("X-Amz-Target", service.target(operation));
        var answer = new Signing(aws.endpoint(), aws.administrator(), service.name())
                .send("POST", "/", headers, Json.print(input));
        return answer.status() + " " + answer.text();
    }

    private static String query(String service, String operation, String member) throws IOException {
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        var answer = new Signing(aws.endpoint(), aws.administrator(), service)
                .send("POST", "/", headers, "Action=" + operation + "&" + member + "=1&" + member + ".member.1=x");
        return answer.status() + " " + answer.text();
    }

    @Test
    void of_a_member_that_is_honoured_with_one_value_another_is_refused_and_what_aws_does_not_know_is_ignored()
            throws IOException {
        var headers = Map.of("X-Amz-Target", "TrentService.GetKeyPolicy");
        var signing = new Signing(aws.endpoint(), aws.administrator(), "kms");
        var other = signing.send("POST", "/", headers, "{\"KeyId\":\"alias/none\",\"PolicyName\":\"other\"}");
        assertThat(other.status()).isEqualTo(501);
        assertThat(other.text()).contains("PolicyName other, but default");
        for (var input : new String[] {"\"PolicyName\":\"default\"", "\"Nonsense\":1"}) {
            var answer = signing.send("POST", "/", headers, "{\"KeyId\":\"alias/none\"," + input + "}");
            assertThat(answer.code()).isEqualTo("NotFoundException");
        }
    }

    @Test
    void what_is_without_effect_stands_in_the_one_table_of_the_docs() throws IOException {
        var page = Files.readString(Path.of("..", "site", "markdown", "embedded-aws.md"));
        var table = page.substring(page.indexOf("## Accepted without effect"), page.indexOf("## S3"));
        for (var service : aws.services()) {
            var members = RequestMembers.of(service.name());
            for (var operation : members.operations()) {
                for (var member : members.withoutEffect(operation)) {
                    assertThat(table.lines())
                            .as("%s %s %s", service.name(), operation, member)
                            .anyMatch(line -> line.contains("`" + member.substring(member.lastIndexOf('.') + 1) + "`")
                                    && (line.contains(operation) || line.contains("| all |")));
                }
                for (var member : members.fixed(operation).entrySet()) {
                    assertThat(table).contains("`" + member.getValue() + "`");
                }
            }
        }
    }

    /// Whether the service's own classes speak of it at all.
    @Test
    void what_is_said_to_be_honoured_is_read_somewhere() throws IOException, URISyntaxException {
        var classes = Path.of(EmbeddedAws.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("dev/baton/local");
        for (var service : aws.services()) {
            var code = new StringBuilder();
            try (var files = Files.walk(classes.resolve(service.name()))) {
                for (var file :
                        files.filter(each -> each.toString().endsWith(".class")).toList()) {
                    code.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
            var table = RequestMembers.of(service.name());
            for (var operation : table.operations()) {
                var all = new TreeSet<>(table.honoured(operation));
                all.addAll(table.taken(operation));
                assertThat(all).as("%s %s", service.name(), operation).allMatch(path -> {
                    var member = path.substring(path.lastIndexOf('.') + 1);
                    return code.indexOf(member) >= 0
                            || code.indexOf(Character.toLowerCase(member.charAt(0)) + member.substring(1)) >= 0;
                });
            }
        }
    }
}
