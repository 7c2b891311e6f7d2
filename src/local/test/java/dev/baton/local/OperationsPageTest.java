package dev.baton.local;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The page about the embedded AWS tells what its services do, as their operations say themselves.
class OperationsPageTest {
    private static final Path PAGE = Path.of("..", "site", "markdown", "embedded-aws.md");
    /// How operations are called that leave what is kept as it was.
    private static final Pattern READS = Pattern.compile(
            "Describe|List|Get|BatchGet|TransactGet|Query|Scan|Head|Filter|Validate|Test|Simulate|Assume|Invoke|Encrypt"
                    + "|Decrypt|ReEncrypt|Generate|Sign|Verify");
    /// Others that do: events, messages and automations are no settings, and all that ACLs can be set to is what holds.
    private static final Set<String> FLEETING = Set.of(
            "PutEvents",
            "Publish",
            "PublishBatch",
            "StartAutomationExecution",
            "StopAutomationExecution",
            "PutBucketAcl",
            "PutObjectAcl");
    private static EmbeddedAws aws;

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.start();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private static List<Service> services() {
        return aws.services().stream()
                .sorted(Comparator.comparing(Service::name))
                .toList();
    }

    private static Stream<? extends ApiOperation<?>> operations(Service service) {
        return service.operations().stream().sorted(Comparator.comparing(ApiOperation::name));
    }

    private static String names(Service service, boolean changing) {
        return operations(service)
                .filter(operation -> operation.changes() == changing)
                .map(ApiOperation::name)
                .collect(joining(", "));
    }

    private static boolean asksForItsName(Service service, ApiOperation<?> operation) {
        return operation.rights().equals(List.of(service.name() + ":" + operation.name()));
    }

    @Test
    void every_service_tells_of_operations() {
        assertThat(services())
                .hasSizeGreaterThan(11)
                .noneMatch(service -> service.operations().isEmpty());
    }

    /// A change that its operation does not own up to would be gone after a restart. ECS keeps nothing.
    @Test
    void an_operation_changes_something_unless_its_name_says_that_it_reads() {
        assertThat(services().stream()
                        .filter(service -> !service.name().equals("ecs"))
                        .flatMap(OperationsPageTest::operations)
                        .filter(operation -> operation.changes()
                                == (READS.matcher(operation.name()).lookingAt() || FLEETING.contains(operation.name())))
                        .map(ApiOperation::name))
                .isEmpty();
    }

    @Test
    void each_operation_stands_in_the_table_on_the_side_that_says_what_it_changes() throws IOException {
        var table = services().stream()
                .map(service ->
                        "| `%s` | %s | %s |".formatted(service.name(), names(service, false), names(service, true)))
                .collect(joining(
                        "\n", "| service | operations | those that change what is kept |\n|---|---|---|\n", "\n\n"));
        assertThat(Files.readString(PAGE)).contains(table);
    }

    @Test
    void what_asks_for_other_rights_than_its_own_name_stands_in_a_table_of_its_own() throws IOException {
        var table = services().stream()
                .flatMap(service -> operations(service)
                        .filter(operation -> !asksForItsName(service, operation))
                        .map(operation ->
                                "| `%s` | %s | %s |".formatted(service.name(), operation.name(), rights(operation))))
                .collect(joining("\n", "| service | operation | may ask for |\n|---|---|---|\n", "\n\n"));
        assertThat(Files.readString(PAGE)).contains(table);
    }

    private static String rights(ApiOperation<?> operation) {
        return operation.rights().isEmpty()
                ? "nothing: everybody may"
                : operation.rights().stream().map(right -> "`" + right + "`").collect(joining(", "));
    }
}
