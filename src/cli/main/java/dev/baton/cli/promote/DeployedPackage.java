package dev.baton.cli.promote;

import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.cli.deploy.put.UploadedFunctions;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.Manifest;
import dev.baton.cli.deploy.read.PipelineSnapshot;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.name.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The package that a pipeline's functions are made of where it runs: the one of the start function, whose version is
/// another one whenever anything of the pipeline's code is. A deployment to an endpoint leaves it in the state bucket;
/// of what CDK deployed, Lambda itself tells where it lies.
final class DeployedPackage {
    private final Endpoint endpoint;
    private final String environment;
    private final Manifest manifest;

    /// @param environment the name of the one that it runs in
    DeployedPackage(Endpoint endpoint, String environment, Manifest manifest) {
        this.endpoint = endpoint;
        this.environment = environment;
        this.manifest = manifest;
    }

    /// @throws DiagnosticException CLI088 when it is not to be had, or not what it was
    FunctionPackage fetch() throws IOException, InterruptedException {
        var start = start();
        var code = String.valueOf(start.get("code"));
        var content = stored(code).or(() -> told(String.valueOf(start.get("pinned"))));
        if (content.isEmpty()) {
            throw gone(code, "is neither in its state bucket nor told by Lambda");
        }
        var found = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Sha256.hex(content.get())));
        if (!found.equals(code)) {
            throw gone(code, "is another one by now (" + found + ")");
        }
        return FunctionPackage.read(content.get());
    }

    private Map<String, @Nullable Object> start() {
        var function = PipelineSnapshot.function(endpoint.prefix().of(manifest.pipeline()) + "-start");
        var part = manifest.snapshot().parts().get(function);
        if (part == null || !(part.get("code") instanceof String)) {
            throw PromotionFindings.notDeployed(
                    environment, manifest.pipeline(), "its manifest does not tell what " + function + " runs");
        }
        return part;
    }

    private DiagnosticException gone(String code, String problem) {
        return PromotionFindings.artefactGone(environment, manifest.pipeline(), code, problem);
    }

    /// S3's SHA-256 of a package is Lambda's of the code that was made of it.
    private Optional<byte[]> stored(String code) {
        var bucket = manifest.buckets().get(CompiledBucket.STATE);
        if (bucket == null) {
            return Optional.empty();
        }
        try {
            return endpoint
                    .s3()
                    .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(UploadedFunctions.PREFIX))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .filter(key -> code.equals(endpoint.s3()
                            .headObject(
                                    request -> request.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED))
                            .checksumSHA256()))
                    .findFirst()
                    .map(key -> endpoint.s3()
                            .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                            .asByteArray());
        } catch (S3Exception e) {
            // Whoever deploys with CDK has left none there, and may have no right to look.
            return Optional.empty();
        }
    }

    private Optional<byte[]> told(String version) {
        var function = endpoint.prefix().of(manifest.pipeline()) + "-start";
        var location = endpoint.lambda()
                .getFunction(request -> request.functionName(function).qualifier(version))
                .code()
                .location();
        if (location == null || !location.startsWith("https://")) {
            return Optional.empty();
        }
        try (var client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(HttpRequest.newBuilder(URI.create(location)).build(), BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
