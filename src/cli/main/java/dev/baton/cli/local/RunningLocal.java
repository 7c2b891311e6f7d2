package dev.baton.cli.local;

import dev.baton.cli.deploy.read.Authorities;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// The embedded AWS that a `baton local` serves right now: where it is and how to be its administrator. It tells in a
/// file that only its owner reads, so that the other commands find it.
///
/// @param certificate who must be trusted where it speaks HTTPS
/// @param pending the names of the pipelines that are still being put there
public record RunningLocal(
        URI address,
        String region,
        String accessKeyId,
        String secretAccessKey,
        @Nullable Path certificate,
        List<String> pending) {
    private static final int PATIENCE_MILLIS = 1000;

    public RunningLocal {
        pending = List.copyOf(pending);
    }

    /// The note of what `baton local` serves.
    public static RunningLocal of(EmbeddedAws aws) {
        var key = aws.administrator();
        var tls = aws.tls();
        return new RunningLocal(
                aws.endpoint(),
                aws.account().region(),
                key.accessKeyId(),
                key.secretAccessKey(),
                tls == null ? null : tls.certificate(),
                List.of());
    }

    /// The same while pipelines are put there.
    public RunningLocal awaiting(List<String> pipelines) {
        return new RunningLocal(address, region, accessKeyId, secretAccessKey, certificate, pipelines);
    }

    private static Path file() {
        return ProjectFolder.folder().resolve(".baton").resolve("local.json");
    }

    /// Tells the other commands.
    public void tell() throws IOException {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("endpoint", address.toString());
        json.put("region", region);
        json.put("accessKeyId", accessKeyId);
        json.put("secretAccessKey", secretAccessKey);
        if (certificate != null) {
            json.put("certificate", certificate.toString());
        }
        if (!pending.isEmpty()) {
            json.put("pending", new ArrayList<>(pending));
        }
        Files.createDirectories(file().getParent());
        Files.deleteIfExists(file());
        var owner = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var channel =
                Files.newByteChannel(file(), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            channel.write(StandardCharsets.UTF_8.encode(Json.print(json)));
        }
    }

    /// Takes back what [#tell] told, unless another one has told since.
    public void forget() throws IOException {
        if (told().filter(other -> awaiting(other.pending()).equals(other)).isPresent()) {
            Files.deleteIfExists(file());
        }
    }

    /// The one that runs and answers.
    public static Optional<RunningLocal> find() {
        return told().filter(RunningLocal::answers);
    }

    private static Optional<RunningLocal> told() {
        try {
            var json = Json.parseObject(Files.readAllBytes(file()));
            return json.get("endpoint") instanceof String endpoint
                            && json.get("region") instanceof String region
                            && json.get("accessKeyId") instanceof String id
                            && json.get("secretAccessKey") instanceof String secret
                    ? Optional.of(new RunningLocal(
                            URI.create(endpoint),
                            region,
                            id,
                            secret,
                            json.get("certificate") instanceof String file ? Path.of(file) : null,
                            json.get("pending") instanceof List<?> names
                                    ? names.stream().map(String::valueOf).toList()
                                    : List.of()))
                    : Optional.empty();
        } catch (IOException | JsonException e) {
            return Optional.empty();
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public Endpoint endpoint() {
        return new Endpoint(
                address,
                region,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)),
                new Authorities(certificate));
    }

    /// Keeps the key to itself.
    @Override
    public String toString() {
        return "RunningLocal[" + address + "]";
    }
}
