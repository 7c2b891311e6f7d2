package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.command.GcCommand;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.TestPipelines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/// What `gc` does with the packages that functions were made of.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackagesTest {
    private static final String FUNCTION = "somebodys";

    @TempDir
    private static Path home;

    private static DeployedPipeline fragile;
    private static Endpoint aws;

    /// A function of somebody's, made of three packages by and by; the code of its first version is the first's.
    @BeforeAll
    static void upload() throws IOException {
        fragile = new DeployedPipeline(TestPipelines.FRAGILE);
        fragile.tell(home);
        aws = fragile.endpoint();
        var role = aws.iam().listRoles().roles().stream()
                .filter(each -> each.roleName().equals("baton-fragile-start"))
                .findFirst()
                .orElseThrow()
                .arn();
        put("first", true);
        aws.lambda()
                .createFunction(request -> request.functionName(FUNCTION)
                        .role(role)
                        .runtime(Runtime.JAVA21)
                        .handler("a.B")
                        .code(code -> code.s3Bucket(LocalCloud.STATE_BUCKET).s3Key("code/first.zip")));
        aws.lambda().publishVersion(request -> request.functionName(FUNCTION));
        put("never", true);
        put("unhashed", false);
        put("latest", true);
        aws.lambda()
                .updateFunctionCode(request -> request.functionName(FUNCTION)
                        .s3Bucket(LocalCloud.STATE_BUCKET)
                        .s3Key("code/latest.zip"));
        // The same once more is another version of the object, with the same bytes.
        put("never", true);
    }

    @AfterAll
    static void stop() {
        fragile.close();
    }

    private static void put(String name, boolean hashed) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var entry = new ZipEntry("lib/" + name + ".txt");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(name.getBytes(StandardCharsets.UTF_8));
        }
        aws.s3()
                .putObject(
                        request -> request.bucket(LocalCloud.STATE_BUCKET)
                                .key("code/" + name + ".zip")
                                .checksumAlgorithm(hashed ? ChecksumAlgorithm.SHA256 : ChecksumAlgorithm.CRC32),
                        RequestBody.fromBytes(bytes.toByteArray()));
    }

    /// What `gc` says when it is so late.
    private static List<String> gc(Duration later, String... words) {
        var before = System.setProperty("baton.home", home.toString());
        try {
            var out = new StringWriter();
            var command = new CommandLine(new GcCommand(() -> Instant.now().plus(later)));
            assertThat(command.setOut(new PrintWriter(out, true)).execute(words))
                    .isZero();
            return out.toString().lines().toList();
        } finally {
            if (before == null) {
                System.clearProperty("baton.home");
            } else {
                System.setProperty("baton.home", before);
            }
        }
    }

    private static ListObjectVersionsResponse there() {
        return aws.s3()
                .listObjectVersions(
                        request -> request.bucket(LocalCloud.STATE_BUCKET).prefix("code/"));
    }

    private static List<String> keys() {
        return there().versions().stream().map(version -> version.key()).toList();
    }

    @Test
    @Order(1)
    void what_was_uploaded_within_the_hour_may_be_on_its_way_into_a_function() {
        assertThat(gc(Duration.ofMinutes(50), "--dry-run")).containsExactly("0 would be removed");
    }

    @Test
    @Order(2)
    void a_dry_run_names_what_no_function_is_made_of_and_removes_nothing() {
        assertThat(gc(Duration.ofHours(2), "--dry-run"))
                .containsExactlyInAnyOrder(
                        "unused      arn:aws:s3:::baton-state/code/never.zip",
                        "unused      arn:aws:s3:::baton-state/code/never.zip",
                        "unused      arn:aws:s3:::baton-state/code/unhashed.zip",
                        "3 would be removed");
        assertThat(keys()).hasSize(5);
    }

    @Test
    @Order(3)
    void what_no_function_is_made_of_goes_with_its_bytes_and_functions_stay_as_they_are() {
        assertThat(gc(Duration.ofHours(2), "--json"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("\"removed\"", "\"package\""));
        assertThat(keys()).containsExactly("code/first.zip", "code/latest.zip");
        assertThat(there().deleteMarkers()).isEmpty();
        assertThat(gc(Duration.ofHours(2))).containsExactly("0 removed");
    }

    @Test
    @Order(4)
    void the_package_of_a_version_that_is_removed_goes_too_and_the_function_stays() {
        aws.lambda().deleteFunction(request -> request.functionName(FUNCTION).qualifier("1"));

        assertThat(gc(Duration.ofHours(2)))
                .containsExactly("removed     arn:aws:s3:::baton-state/code/first.zip", "1 removed");
        assertThat(keys()).containsExactly("code/latest.zip");
        assertThat(aws.lambda()
                        .getFunctionConfiguration(request -> request.functionName(FUNCTION))
                        .codeSha256())
                .isNotEmpty();
    }
}
