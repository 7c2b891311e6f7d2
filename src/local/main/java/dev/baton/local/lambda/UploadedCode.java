package dev.baton.local.lambda;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Headers;
import dev.baton.local.http.PercentCode;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.Service;
import dev.baton.name.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// The code that callers upload: ZIP files, in the request or in S3, each unpacked once into a folder that is named by
/// its content.
final class UploadedCode implements AutoCloseable {
    /// What a function's code may have unpacked, as of the quotas of Lambda.
    private static final long MOST_UNPACKED = 262_144_000;

    private static final byte[] NOTHING = new byte[0];

    private final Account account;
    private final Supplier<@Nullable Service> s3;
    private final Supplier<Instant> time;
    private final boolean temporary;
    private final Map<String, Code> versions = new ConcurrentHashMap<>();
    private @Nullable Path folder;

    /// The folder that a ZIP file was unpacked to.
    ///
    /// @param sha256 of the file, in base64
    record Code(Path folder, String sha256) {}

    UploadedCode(Account account, Supplier<@Nullable Service> s3, @Nullable Path folder, Supplier<Instant> time) {
        this.account = account;
        this.s3 = s3;
        this.folder = folder;
        this.time = time;
        this.temporary = folder == null;
    }

    /// @param code `ZipFile`, or `S3Bucket`, `S3Key` and `S3ObjectVersion`
    /// @throws AwsError where there is neither, or no such object, or no ZIP file
    /// @throws dev.baton.local.http.AccessDenied where the caller may not read the object
    Code of(ApiInput code, Caller caller) throws IOException {
        return code.value("ZipFile") instanceof String base64
                ? of(Base64.getDecoder().decode(base64))
                : ofObject(code, caller);
    }

    private Code of(byte[] zip) throws IOException {
        var hash = Sha256.of(zip);
        return new Code(
                unpacked(zip, HexFormat.of().formatHex(hash)),
                Base64.getEncoder().encodeToString(hash));
    }

    /// Functions mostly share one object, which is read once; whether a caller may read it is asked each time.
    private Code ofObject(ApiInput code, Caller caller) throws IOException {
        var service = s3.get();
        if (!(code.value("S3Bucket") instanceof String bucket)
                || !(code.value("S3Key") instanceof String key)
                || service == null) {
            throw invalid("Please provide a source for function code.");
        }
        var path = new StringBuilder("/");
        PercentCode.encode(bucket, false, path);
        path.append('/');
        PercentCode.encode(key, true, path);
        var query = new StringBuilder();
        if (code.value("S3ObjectVersion") instanceof String version) {
            PercentCode.encode(version, false, query.append("versionId="));
        }
        var response = service.handle(new AwsRequest(
                "GET",
                path.toString(),
                query.toString(),
                Headers.of("Content-Length", "0"),
                AwsRequest.Body.of(NOTHING),
                new AwsRequest.Signed(caller, caller.userId(), account.region(), false, 0),
                UUID.randomUUID().toString(),
                "127.0.0.1",
                time.get()));
        var version = response.headers().get("x-amz-version-id");
        if (version == null) {
            return of(content(response));
        }
        var known = versions.get(bucket + "/" + key + "?" + version);
        if (known == null) {
            known = of(content(response));
            versions.put(bucket + "/" + key + "?" + version, known);
        }
        return known;
    }

    private static byte[] content(AwsResponse response) throws IOException {
        var bytes = new ByteArrayOutputStream();
        switch (response.body()) {
            case AwsResponse.Bytes(var whole) -> bytes.write(whole);
            case AwsResponse.Stream(var length, var source) -> source.writeTo(bytes);
        }
        return bytes.toByteArray();
    }

    private synchronized Path unpacked(byte[] zip, String hash) throws IOException {
        if (folder == null) {
            folder = Files.createTempDirectory("functions");
        }
        var there = folder.resolve(hash.substring(0, 32));
        if (Files.isDirectory(there)) {
            return there;
        }
        LocalDisk.DISK.createFolders(folder);
        var making = Files.createTempDirectory(folder, "making");
        try {
            unpack(zip, making);
            if (temporary) {
                return Files.move(making, there, StandardCopyOption.ATOMIC_MOVE);
            }
            LocalDisk.forceAll(making);
            Files.move(making, there, StandardCopyOption.ATOMIC_MOVE);
            LocalDisk.DISK.force(folder);
            return there;
        } catch (FileAlreadyExistsException e) {
            return there;
        } finally {
            if (Files.exists(making)) {
                delete(making);
            }
        }
    }

    /// @throws AwsError where it is not a ZIP file, or one of which something would be where it must not
    private static void unpack(byte[] zip, Path root) throws IOException {
        var entries = 0;
        var left = MOST_UNPACKED;
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                left -= write(root, entry, in, left);
                entries++;
            }
        } catch (ZipException | IllegalArgumentException | FileAlreadyExistsException | EOFException e) {
            // Broken, names that are not UTF-8 or no names of files, one name twice, or cut.
            throw unreadable();
        } catch (FileSystemException e) {
            // Such as a name below that of a file, or one that is too long.
            throw invalid("Could not unzip uploaded file: " + e.getMessage());
        }
        if (entries == 0) {
            throw unreadable();
        }
    }

    /// @param most how many bytes it may have
    /// @return how many it has
    private static long write(Path root, ZipEntry entry, InputStream in, long most) throws IOException {
        var name = entry.getName();
        var file = root.resolve(name).normalize();
        if (!file.startsWith(root) || name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(0) >= 0) {
            throw invalid(
                    "Could not unzip uploaded file: " + name.replaceAll("\\p{Cntrl}", "?") + " is outside of it.");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return 0;
        }
        if (file.equals(root)) {
            throw unreadable();
        }
        Files.createDirectories(file.getParent());
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return copy(in, out, most);
        }
    }

    private static long copy(InputStream in, OutputStream out, long most) throws IOException {
        var buffer = new byte[16 << 10];
        var total = 0L;
        for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            total += count;
            if (total > most) {
                throw invalid("Unzipped size must be smaller than " + MOST_UNPACKED + " bytes");
            }
            out.write(buffer, 0, count);
        }
        return total;
    }

    private static AwsError unreadable() {
        return invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "InvalidParameterValueException", message);
    }

    /// Clears away what no function needs any more: replaced code, and what a process that died was unpacking.
    synchronized void keepOnly(Set<String> needed) {
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        try (var uploads = Files.list(folder)) {
            uploads.filter(upload -> !needed.contains(upload.getFileName().toString()))
                    .forEach(UploadedCode::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Clears away what is not to be kept.
    @Override
    public synchronized void close() {
        if (temporary && folder != null) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (var inside = Files.walk(folder)) {
            for (var path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // A process that has not ended yet may still have it open; it is cleared away some day.
        }
    }
}
