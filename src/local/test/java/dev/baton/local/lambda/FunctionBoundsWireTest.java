package dev.baton.local.lambda;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.ApplicationEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.TracingMode;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/// What CreateFunction and UpdateFunctionConfiguration refuse: what Lambda refuses, in its words, and what there is not
/// here, by its name.
class FunctionBoundsWireTest {
    private static final ApplicationEndpoint AWS = new ApplicationEndpoint();
    private static final String ROLE = AWS.role("lam", "lambda.amazonaws.com", "");
    private static final String OTHER = AWS.role("sfn", "states.amazonaws.com", "");
    private static final String INVALID = "InvalidParameterValueException";
    private static final String NOT_HERE = "NotImplemented";
    private static final String BOUND = "ValidationException";
    private static final String LAYER = "arn:aws:lambda:us-east-1:" + ACCOUNT + ":layer:x:1";

    @AfterAll
    static void stop() {
        AWS.close();
    }

    private static SdkBytes zip() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("x.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SdkBytes.fromByteArray(bytes.toByteArray());
    }

    private static CreateFunctionRequest.Builder function(String name) {
        return CreateFunctionRequest.builder()
                .functionName(name)
                .role(ROLE)
                .runtime("java21")
                .handler("a.B::c")
                .code(code -> code.zipFile(zip()));
    }

    private static Map<String, String> variables(int bytes) {
        return Map.of("LONG", "x".repeat(bytes - "{\"LONG\":\"\"}".length()));
    }

    static Stream<Arguments> neverCreated() {
        return Stream.of(
                refused("python", f -> f.runtime("python2.7"), INVALID, "does not run functions of the runtime pyt"),
                refused("ruby", f -> f.runtime("ruby3.4"), INVALID, "ruby3.4"),
                refused("cobol", f -> f.runtime("cobol85"), INVALID, "Value cobol85 at 'runtime' failed to satisfy"),
                refused("no runtime", f -> f.runtime((String) null), INVALID, "Runtime and Handler are mandatory"),
                refused("no handler", f -> f.handler(null), INVALID, "Runtime and Handler are mandatory"),
                refused("role of states", f -> f.role(OTHER), INVALID, "cannot be assumed by Lambda."),
                refused("no such role", f -> f.role(ROLE + "-not"), INVALID, "cannot be assumed by Lambda."),
                refused("no ARN of a role", f -> f.role("lam"), BOUND, "at 'role' failed to satisfy constraint"),
                refused("901 s", f -> f.timeout(901), BOUND, "'901' at 'timeout'"),
                refused("0 s", f -> f.timeout(0), BOUND, "greater than or equal to 1"),
                refused("10,241 MB", f -> f.memorySize(10_241), BOUND, "'10241' at 'memorySize'"),
                refused("127 MB", f -> f.memorySize(127), BOUND, "greater than or equal to 128"),
                refused(
                        "reserved",
                        f -> f.environment(e -> e.variables(Map.of("AWS_REGION", "x"))),
                        INVALID,
                        "Reserved keys used in this request: AWS_REGION"),
                refused(
                        "two reserved",
                        f -> f.environment(
                                e -> e.variables(Map.of("_HANDLER", "x", "LAMBDA_TASK_ROOT", "y", "MINE", "z"))),
                        INVALID,
                        "this request: LAMBDA_TASK_ROOT, _HANDLER"),
                refused("name", f -> f.environment(e -> e.variables(Map.of("1X", "x"))), BOUND, "environment.vari"),
                refused("4 KB", f -> f.environment(e -> e.variables(variables(4097))), INVALID, "the 4KB limit"),
                refused("description", f -> f.description("x".repeat(257)), BOUND, "at 'description'"),
                refused("layers", f -> f.layers(LAYER), NOT_HERE, "honour Layers"),
                refused("subnets", f -> f.vpcConfig(vpc -> vpc.subnetIds("subnet-1")), NOT_HERE, "honour VpcConfig"),
                refused("arm", f -> f.architectures(Architecture.ARM64), NOT_HERE, "honour Architectures"),
                refused("disk", f -> f.ephemeralStorage(disk -> disk.size(1024)), NOT_HERE, "honour EphemeralStorage"),
                refused(
                        "letters",
                        f -> f.deadLetterConfig(d -> d.targetArn("arn:aws:sqs:x")),
                        NOT_HERE,
                        "honour DeadL"),
                refused(
                        "traces",
                        f -> f.tracingConfig(t -> t.mode(TracingMode.ACTIVE)),
                        NOT_HERE,
                        "honour TracingConfig"),
                refused(
                        "key",
                        f -> f.kmsKeyArn("arn:aws:kms:us-east-1:000000000000:key/x"),
                        NOT_HERE,
                        "honour KMSKeyArn"),
                refused("image", f -> f.packageType(PackageType.IMAGE), NOT_HERE, "honour PackageType"),
                refused("image code", f -> f.code(code -> code.imageUri("x:1")), NOT_HERE, "honour Code.ImageUri"),
                refused("snap", f -> f.snapStart(s -> s.applyOn("PublishedVersions")), NOT_HERE, "honour SnapStart"),
                refused(
                        "files",
                        f -> f.fileSystemConfigs(fs -> fs.arn("arn:x")),
                        NOT_HERE,
                        "honour FileSystemConfigs"));
    }

    private static Arguments refused(
            String name, Consumer<CreateFunctionRequest.Builder> change, String code, String message) {
        return Arguments.of(name, change, code, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void neverCreated(String name, Consumer<CreateFunctionRequest.Builder> change, String code, String message) {
        var request = function("never");
        change.accept(request);

        assertThatThrownBy(() -> AWS.lambda().createFunction(request.build()))
                .isInstanceOfSatisfying(AwsServiceException.class, refusal -> {
                    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
                    assertThat(refusal.awsErrorDetails().errorMessage()).contains(message);
                });
        assertThat(AWS.lambda().listFunctions().functions())
                .extracting(FunctionConfiguration::functionName)
                .doesNotContain("never");
    }

    @Test
    void what_lambda_takes_at_its_bounds_is_taken_and_told() {
        var made = AWS.lambda()
                .createFunction(function("bounds")
                        .runtime("java11")
                        .timeout(900)
                        .memorySize(10_240)
                        .architectures(Architecture.X86_64)
                        .ephemeralStorage(disk -> disk.size(512))
                        .tracingConfig(traces -> traces.mode(TracingMode.PASS_THROUGH))
                        .packageType(PackageType.ZIP)
                        .vpcConfig(vpc -> vpc.subnetIds().securityGroupIds())
                        .environment(e -> e.variables(variables(4096)))
                        .build());

        assertThat(made.runtimeAsString()).isEqualTo("java11");
        assertThat(made.timeout()).isEqualTo(900);
        assertThat(made.memorySize()).isEqualTo(10_240);
        assertThat(made.ephemeralStorage().size()).isEqualTo(512);
        assertThat(made.architectures()).containsExactly(Architecture.X86_64);
    }

    @Test
    void a_refused_change_leaves_the_configuration_as_it_was() {
        AWS.lambda().createFunction(function("steady").memorySize(256).build());
        var changes = Map.<String, Consumer<UpdateFunctionConfigurationRequest.Builder>>of(
                "'901' at 'timeout'", f -> f.timeout(901),
                "ruby3.4", f -> f.runtime("ruby3.4"),
                "cannot be assumed by Lambda", f -> f.role(OTHER),
                "AWS_SESSION_TOKEN", f -> f.environment(e -> e.variables(Map.of("AWS_SESSION_TOKEN", "x"))),
                "honour Layers", f -> f.layers(LAYER));
        changes.forEach((message, change) -> assertThatThrownBy(() -> AWS.lambda()
                        .updateFunctionConfiguration(f -> {
                            change.accept(f.functionName("steady").memorySize(512));
                        }))
                .hasMessageContaining(message));

        var read = AWS.lambda().getFunctionConfiguration(f -> f.functionName("steady"));
        assertThat(read.memorySize()).isEqualTo(256);
        assertThat(read.role()).isEqualTo(ROLE);
    }

    @Test
    void payloads_over_six_megabytes_are_refused_each_way() {
        AWS.function("echo", environment -> (in, out, context) -> in.transferTo(out));
        AWS.function("flood", environment -> (in, out, context) -> out.write(new byte[7 << 20]));
        var large = SdkBytes.fromUtf8String("\"" + "x".repeat((6 << 20) - 1) + "\"");

        assertThatThrownBy(() -> AWS.lambda().invoke(f -> f.functionName("echo").payload(large)))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        refusal -> assertThat(refusal.awsErrorDetails().errorCode())
                                .isEqualTo("RequestTooLargeException"));
        var answer = AWS.lambda().invoke(f -> f.functionName("flood"));
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.payload().asUtf8String()).contains("Function.ResponseSizeTooLarge");
    }
}
