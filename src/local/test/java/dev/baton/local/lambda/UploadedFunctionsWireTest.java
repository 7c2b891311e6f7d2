package dev.baton.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.ApplicationEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;

/// Functions made of uploaded code, over the wire: what is there afterwards, and what is refused.
class UploadedFunctionsWireTest {
    private static final ApplicationEndpoint AWS = new ApplicationEndpoint();

    @AfterAll
    static void stop() {
        AWS.close();
    }

    private static byte[] zip(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static CreateFunctionRequest.Builder function(String name) {
        return CreateFunctionRequest.builder()
                .functionName(name)
                .role(AWS.role(name + "-role", "lambda.amazonaws.com", ""))
                .handler("own.Handler")
                .runtime(Runtime.JAVA21)
                .timeout(30)
                .memorySize(256)
                .description("first")
                .environment(environment -> environment.variables(Map.of("GREETING", "hello")));
    }

    @Test
    void a_function_has_the_configuration_that_it_was_created_with() throws IOException {
        var code = SdkBytes.fromByteArray(zip("lib/own.jar", "1"));
        var created = AWS.lambda()
                .createFunction(
                        function("created").code(zip -> zip.zipFile(code)).build());

        assertThat(created.version()).isEqualTo("$LATEST");
        assertThat(created.stateAsString()).isEqualTo("Active");
        var read = AWS.lambda().getFunctionConfiguration(request -> request.functionName("created"));
        assertThat(read.handler()).isEqualTo("own.Handler");
        assertThat(read.timeout()).isEqualTo(30);
        assertThat(read.memorySize()).isEqualTo(256);
        assertThat(read.description()).isEqualTo("first");
        assertThat(read.environment().variables()).isEqualTo(Map.of("GREETING", "hello"));
        assertThat(read.codeSha256()).isEqualTo(created.codeSha256()).hasSize(44);
        assertThatThrownBy(() -> AWS.lambda()
                        .createFunction(function("created")
                                .code(zip -> zip.zipFile(code))
                                .build()))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("Function already exist: created");
    }

    @Test
    void a_version_is_published_only_when_something_changed_and_stays_as_it_was() throws IOException {
        var code = SdkBytes.fromByteArray(zip("lib/own.jar", "1"));
        AWS.lambda()
                .createFunction(
                        function("published").code(zip -> zip.zipFile(code)).build());
        var first = AWS.lambda().publishVersion(request -> request.functionName("published"));
        assertThat(first.version()).isEqualTo("1");
        assertThat(AWS.lambda()
                        .publishVersion(
                                request -> request.functionName("published").description("again"))
                        .version())
                .isEqualTo("1");

        var other = SdkBytes.fromByteArray(zip("lib/own.jar", "2"));
        AWS.lambda()
                .updateFunctionCode(request -> request.functionName("published").zipFile(other));
        AWS.lambda()
                .updateFunctionConfiguration(request ->
                        request.functionName("published").memorySize(512).description("second"));
        assertThatThrownBy(() -> AWS.lambda()
                        .publishVersion(
                                request -> request.functionName("published").codeSha256(first.codeSha256())))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("is different from current CodeSHA256 in $LATEST");
        assertThat(AWS.lambda()
                        .publishVersion(request -> request.functionName("published"))
                        .version())
                .isEqualTo("2");
        var kept = AWS.lambda()
                .getFunctionConfiguration(
                        request -> request.functionName("published").qualifier("1"));
        assertThat(kept.memorySize()).isEqualTo(256);
        assertThat(kept.codeSha256()).isEqualTo(first.codeSha256());

        AWS.lambda().deleteFunction(request -> request.functionName("published").qualifier("1"));
        assertThat(AWS.lambda()
                        .listVersionsByFunction(request -> request.functionName("published"))
                        .versions())
                .extracting(version -> version.version())
                .containsExactly("$LATEST", "2");
        assertThatThrownBy(() -> AWS.lambda()
                        .deleteFunction(
                                request -> request.functionName("published").qualifier("$LATEST")))
                .isInstanceOf(InvalidParameterValueException.class);
        AWS.lambda().deleteFunction(request -> request.functionName("published"));
        assertThatThrownBy(() -> AWS.lambda().getFunction(request -> request.functionName("published")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void code_in_s3_is_the_same_as_in_the_request_and_has_to_be_there() throws IOException {
        var code = zip("lib/own.jar", "3");
        AWS.s3().createBucket(request -> request.bucket("code"));
        AWS.s3().putObject(request -> request.bucket("code").key("a b.zip"), RequestBody.fromBytes(code));
        var stored = AWS.lambda()
                .createFunction(function("stored")
                        .code(zip -> zip.s3Bucket("code").s3Key("a b.zip"))
                        .build());
        var given = AWS.lambda()
                .createFunction(function("given")
                        .code(zip -> zip.zipFile(SdkBytes.fromByteArray(code)))
                        .build());

        assertThat(stored.codeSha256()).isEqualTo(given.codeSha256());
        assertThatThrownBy(() -> AWS.lambda()
                        .createFunction(function("missing")
                                .code(zip -> zip.s3Bucket("code").s3Key("none.zip"))
                                .build()))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("key does not exist");
        assertThatThrownBy(() -> AWS.lambda()
                        .createFunction(function("nothing").code(zip -> {}).build()))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("provide a source for function code");
    }

    @Test
    void what_is_no_zip_file_or_leaves_its_folder_is_refused() throws IOException {
        var outside = Files.createTempDirectory("outside");
        var escaping = zip("../../" + outside.getFileName() + "/escaped", "4");
        for (var bad : new byte[][] {"no zip".getBytes(StandardCharsets.UTF_8), escaping}) {
            assertThatThrownBy(() -> AWS.lambda()
                            .createFunction(function("bad")
                                    .code(zip -> zip.zipFile(SdkBytes.fromByteArray(bad)))
                                    .build()))
                    .isInstanceOf(InvalidParameterValueException.class)
                    .hasMessageContaining("Could not unzip uploaded file");
        }
        assertThat(outside).isEmptyDirectory();
        Files.delete(outside);
    }
}
