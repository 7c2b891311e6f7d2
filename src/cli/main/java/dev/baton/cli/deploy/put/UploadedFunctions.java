package dev.baton.cli.deploy.put;

import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.compiler.pipeline.CompiledFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Functions made of a package that is uploaded: once, into the state bucket, under the hash of what it holds.
public final class UploadedFunctions implements FunctionHost {
    /// The beginning of the keys of packages.
    public static final String PREFIX = "code/";

    private final Endpoint endpoint;
    private final String bucket;
    private final FunctionPackage code;
    private final NewRoles roles = new NewRoles();
    private @Nullable FunctionPackage governed;
    private final Map<String, String> keys = new HashMap<>();

    /// @param bucket for the package
    public UploadedFunctions(Endpoint endpoint, String bucket, FunctionPackage code) {
        this.endpoint = endpoint;
        this.bucket = bucket;
        this.code = code;
    }

    @Override
    public String runtime() {
        return code.runtimeHash();
    }

    @Override
    public String code() {
        return code.hash();
    }

    @Override
    public String publish(
            CompiledFunction function, String roleArn, Map<String, String> environment, String description) {
        var lambda = endpoint.lambda();
        var object = uploaded(function.governed() ? governed() : code);
        if (exists(lambda, function.name())) {
            lambda.updateFunctionCode(request ->
                    request.functionName(function.name()).s3Bucket(bucket).s3Key(object));
            settled(lambda, function.name());
            roles.heardOf(() -> lambda.updateFunctionConfiguration(request -> request.functionName(function.name())
                    .role(roleArn)
                    .handler(function.handler())
                    .runtime(Runtime.JAVA21)
                    .memorySize(function.memoryMegabytes())
                    .timeout(function.timeoutSeconds())
                    .environment(variables -> variables.variables(environment))
                    .description(description)));
            settled(lambda, function.name());
        } else {
            roles.heardOf(() -> lambda.createFunction(request -> request.functionName(function.name())
                    .role(roleArn)
                    .handler(function.handler())
                    .runtime(Runtime.JAVA21)
                    .memorySize(function.memoryMegabytes())
                    .timeout(function.timeoutSeconds())
                    .environment(variables -> variables.variables(environment))
                    .description(description)
                    .code(FunctionCode.builder().s3Bucket(bucket).s3Key(object).build())));
            active(lambda, function.name());
        }
        return lambda.publishVersion(
                        request -> request.functionName(function.name()).description(description))
                .version();
    }

    private static boolean exists(LambdaClient lambda, String function) {
        try {
            lambda.getFunctionConfiguration(request -> request.functionName(function));
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    /// Lambda takes a change only when the one before has taken effect.
    private static void settled(LambdaClient lambda, String function) {
        try (var waiter = lambda.waiter()) {
            waiter.waitUntilFunctionUpdatedV2(request -> request.functionName(function));
        }
    }

    /// A function that was just made is pending, and publishes no version until it is not.
    private static void active(LambdaClient lambda, String function) {
        try (var waiter = lambda.waiter()) {
            waiter.waitUntilFunctionActiveV2(request -> request.functionName(function));
        }
    }

    private synchronized FunctionPackage governed() {
        if (governed == null) {
            governed = code.governed();
        }
        return governed;
    }

    /// @return the package's key
    private synchronized String uploaded(FunctionPackage content) {
        var key = keys.get(content.hash());
        if (key == null) {
            var named = PREFIX + content.hash() + ".zip";
            if (!there(named)) {
                var zip = new ByteArrayOutputStream();
                try {
                    content.zipTo(zip);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                endpoint.s3()
                        .putObject(
                                request ->
                                        request.bucket(bucket).key(named).checksumAlgorithm(ChecksumAlgorithm.SHA256),
                                RequestBody.fromBytes(zip.toByteArray()));
            }
            key = named;
            keys.put(content.hash(), key);
        }
        return key;
    }

    private boolean there(String named) {
        try {
            endpoint.s3().headObject(request -> request.bucket(bucket).key(named));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return false;
            }
            throw e;
        }
    }
}
