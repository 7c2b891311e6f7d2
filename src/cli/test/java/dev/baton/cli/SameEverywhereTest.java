package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Fragile;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.compiler.Compiler;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.Tls;
import dev.baton.local.http.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/// The commands say the same wherever the pipeline is: in another account, in another Region, over HTTPS.
class SameEverywhereTest {
    private static final List<List<String>> CALLS = List.of(
            List.of("status"),
            List.of("start", "fragile", "--year", "2001"),
            List.of("start", "fragile", "--year", "MMI"),
            List.of("start", "fragile", "--year", "2002", "--follow"),
            List.of("start", "fragile", "--year", "2002"),
            List.of("sweep"),
            List.of("status", "fragile"),
            List.of("status", "fragile", "--json"),
            List.of("status", "@last"),
            List.of("status", "@last", "--json"),
            List.of("history", "@last"),
            List.of("redrive", "@last"),
            List.of("stop", "@last"),
            List.of("drift"),
            List.of("drift", "--json"),
            List.of("gc", "--dry-run"),
            List.of("gc", "nobodys"),
            List.of("history", "nobodys"));

    @AfterEach
    void mend() {
        Fragile.BROKEN.set(false);
    }

    private static Map<String, String> told(Path home, Account account) throws IOException {
        Files.createDirectories(home);
        var told = new LinkedHashMap<String, String>();
        Fragile.BROKEN.set(false);
        try (var cloud = new LocalCloud(EmbeddedAws.builder().account(account).start(), LaptopFunctions.JVM)) {
            DeployedPipeline.tell(home, cloud.aws());
            told.put("nothing", said(Call.in(home, "status"), account));
            cloud.deployRecorded(Compiler.compile(TestPipelines.FRAGILE));
            // Nothing but the commands starts anything.
            cloud.aws().events().deliver(delivery -> List.of());
            cloud.endpoint()
                    .s3()
                    .putObject(
                            request -> request.bucket("lake").key("landing/anne/2002.txt"),
                            RequestBody.fromString("Dear Anne"));
            for (var call : CALLS) {
                var words = call.stream()
                        .map(word -> word.equals("@last") ? last(cloud) : word)
                        .toArray(String[]::new);
                told.put(String.join(" ", call), said(Call.in(home, words), account));
            }
        }
        return told;
    }

    private static String last(LocalCloud cloud) {
        return cloud.endpoint()
                .states()
                .listExecutions(request -> request.stateMachineArn("arn:aws:states:"
                        + cloud.endpoint().region() + ":" + cloud.endpoint().account() + ":stateMachine:baton-fragile"))
                .executions()
                .getFirst()
                .name();
    }

    /// Without what is another each time: instants, durations, versions and the hashes of them, and how wide that makes
    /// a table.
    private static String said(Call call, Account account) {
        return (call.exit() + "\n" + call.out() + call.err())
                .replace(account.id(), "ACCOUNT")
                .replace(account.region(), "REGION")
                .replaceAll("20[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+Z?", "TIME")
                .replaceAll("[0-9]+(\\.[0-9]+)? m?s\\b", "SPAN")
                .replaceAll("\"milliseconds\":[0-9]+", "SPAN")
                .replaceAll("\"(versionId|version-id|version|etag)\":\"[^\"]+\"", "VERSION")
                .replaceAll("(\"s3://[^\"]+\"):\"[^\"]+\"", "$1:VERSION")
                .replaceAll("[0-9a-f]{32,64}", "HASH")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
                .replaceAll(" +", " ");
    }

    @Test
    void commands_say_the_same_in_another_account_and_region(@TempDir Path one, @TempDir Path other)
            throws IOException {
        var here = told(one, new Account("000000000000", "us-east-1"));
        var there = told(other, new Account("222222222222", "eu-central-1"));

        assertThat(here.get("start fragile --year 2002 --follow"))
                .startsWith("0\n")
                .contains("succeeded");
        assertThat(here.get("nothing")).isEqualTo("0\nnothing is deployed here\n");
        here.forEach((call, said) -> assertThat(there.get(call)).as(call).isEqualTo(said));
    }

    @Test
    void an_endpoint_that_speaks_https_is_trusted_by_the_certificate_that_is_named(@TempDir Path home)
            throws IOException {
        try (var aws =
                EmbeddedAws.builder().tls(Tls.throwAway(home.resolve("tls"))).start()) {
            DeployedPipeline.tell(home, aws);
            var told = home.resolve(".baton/local.json");
            var json = Files.readString(told);
            assertThat(Call.in(home, "status").out()).isEqualTo("nothing is deployed here\n");

            Files.writeString(told, json.replace("\"certificate\"", "\"unknown\""));
            var untrusted = Call.in(home, "status");
            assertThat(untrusted.exit()).isEqualTo(1);
            assertThat(untrusted.err())
                    .startsWith("error CLI012 at the endpoint\n  is not trusted: ")
                    .contains("AWS_CA_BUNDLE=FILE");

            Files.writeString(told, json);
            Files.writeString(home.resolve("tls/certificate.pem"), "no certificate");
            assertThat(Call.in(home, "status").err()).startsWith("error CLI024 at AWS_CA_BUNDLE=");
        }
    }
}
