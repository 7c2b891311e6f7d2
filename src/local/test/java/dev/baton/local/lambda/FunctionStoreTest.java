package dev.baton.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.lambda.process.JavaRuntime;
import dev.baton.local.lambda.process.handlers.Obedient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;

/// Functions of uploaded code are there again after a restart, and run.
@EnabledOnOs(OS.LINUX)
class FunctionStoreTest {
    @TempDir
    private Path folder;

    private <T> T session(Path data, Function<ApplicationEndpoint, T> work) {
        try (var aws = new ApplicationEndpoint(EmbeddedAws.builder()
                .folder(data)
                .functions(JavaRuntime.ofThisJvm())
                .start())) {
            return work.apply(aws);
        }
    }

    /// The handler's class, and something that makes the file another one.
    private static SdkBytes zip(String mark) {
        var file = Obedient.class.getName().replace('.', '/') + ".class";
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes);
                var in = Obedient.class.getResourceAsStream("/" + file)) {
            zip.putNextEntry(new ZipEntry(file));
            in.transferTo(zip);
            zip.putNextEntry(new ZipEntry(mark));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return SdkBytes.fromByteArray(bytes.toByteArray());
    }

    private static void create(ApplicationEndpoint aws, String name) {
        var role = aws.role(name + "-role", "lambda.amazonaws.com", "");
        aws.lambda()
                .createFunction(function -> function.functionName(name)
                        .role(role)
                        .handler(Obedient.class.getName())
                        .runtime(Runtime.JAVA21)
                        .timeout(30)
                        .memorySize(256)
                        .description("first")
                        .environment(environment -> environment.variables(Map.of("GREETING", "hello")))
                        .code(code -> code.zipFile(zip("one")))
                        .publish(true));
    }

    private static String told(LambdaClient lambda, String function, String order) {
        return lambda.invoke(r -> r.functionName(function).payload(SdkBytes.fromUtf8String("\"" + order + "\"")))
                .payload()
                .asUtf8String();
    }

    private static FunctionConfiguration[] versions(LambdaClient lambda) {
        return lambda.listVersionsByFunction(r -> r.functionName("kept"))
                .versions()
                .toArray(FunctionConfiguration[]::new);
    }

    @Test
    void versions_configuration_permissions_and_destinations_are_there_again_and_the_code_runs_in_a_moved_folder()
            throws IOException {
        var data = folder.resolve("data");
        var before = session(data, aws -> {
            create(aws, "kept");
            var lambda = aws.lambda();
            lambda.updateFunctionCode(r -> r.functionName("kept").zipFile(zip("two")));
            lambda.updateFunctionConfiguration(r -> r.functionName("kept")
                    .environment(environment -> environment.variables(Map.of("GREETING", "good day"))));
            lambda.addPermission(r -> r.functionName("kept")
                    .statementId("events")
                    .action("lambda:InvokeFunction")
                    .principal("events.amazonaws.com")
                    .sourceAccount("000000000000"));
            lambda.putFunctionEventInvokeConfig(r -> r.functionName("kept").maximumRetryAttempts(1));
            return versions(lambda);
        });
        var moved = Files.move(data, folder.resolve("moved"));

        session(moved, aws -> {
            var lambda = aws.lambda();
            assertThat(versions(lambda)).hasSize(2).isEqualTo(before);
            assertThat(told(lambda, "kept", "GREETING")).isEqualTo("\"good day\"");
            assertThat(told(lambda, "kept:1", "GREETING")).isEqualTo("\"hello\"");
            assertThat(lambda.getPolicy(r -> r.functionName("kept")).policy())
                    .contains("\"Sid\":\"events\"", "\"AWS:SourceAccount\":\"000000000000\"");
            var config = lambda.getFunctionEventInvokeConfig(r -> r.functionName("kept"));
            assertThat(config.maximumRetryAttempts()).isEqualTo(1);
            assertThat(config.maximumEventAgeInSeconds()).isNull();
            assertThat(lambda.publishVersion(r -> r.functionName("kept")).version())
                    .isEqualTo("2");
            return null;
        });
    }

    @Test
    void a_deleted_function_is_gone_for_good_and_so_is_its_code() throws IOException {
        session(folder, aws -> {
            create(aws, "deleted");
            aws.lambda().deleteFunction(r -> r.functionName("deleted"));
            return null;
        });
        session(folder, aws -> {
            assertThatThrownBy(() -> aws.lambda().getFunction(r -> r.functionName("deleted")))
                    .isInstanceOf(ResourceNotFoundException.class);
            return null;
        });
        try (var uploads = Files.list(folder.resolve("functions"))) {
            assertThat(uploads).isEmpty();
        }
    }
}
