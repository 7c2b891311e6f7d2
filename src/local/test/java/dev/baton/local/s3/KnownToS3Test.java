package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.Headers;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.protocols.core.OperationInfo;
import software.amazon.awssdk.services.s3.S3Client;

/// What the SDK's own model of S3 has is known here: honoured, refused, or without effect.
class KnownToS3Test {
    /// Operations that are not here at all.
    private static final Set<String> ABSENT = Set.of("CreateSession", "RenameObject", "WriteGetObjectResponse");

    /// Operations of other hosts.
    private static final Set<String> ELSEWHERE = Set.of("ListDirectoryBuckets", "WriteGetObjectResponse");
    private static final Set<String> OF_UPLOADS =
            Set.of("AbortMultipartUpload", "CompleteMultipartUpload", "ListParts", "UploadPart", "UploadPartCopy");
    private static final AwsRequest.Body NO_CONTENT = AwsRequest.Body.of(new byte[0]);

    private final S3Operations table;

    KnownToS3Test() throws IOException {
        table = S3Operations.of(new S3Context(
                new Account("000000000000", "us-east-1"),
                new Buckets(new MemoryBlobs(null), ChangeJournal.NONE),
                null,
                null,
                Clock.systemUTC()));
    }

    private static List<String> classes(String folder, String suffix) throws IOException, URISyntaxException {
        var jar = Path.of(S3Client.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("software/amazon/awssdk/services/s3/" + folder + "/")
                            && name.endsWith(suffix + ".class")
                            && !name.contains("$"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }

    /// One of S3 as the SDK's model has it.
    ///
    /// @param path without the bucket
    private record Known(String name, String method, String path, String query) {
        static Known of(String marshaller) throws ReflectiveOperationException {
            var field = Class.forName(marshaller).getDeclaredField("SDK_OPERATION_BINDING");
            field.setAccessible(true);
            var binding = (OperationInfo) field.get(null);
            var uri = binding.requestUri() + "?";
            int query = uri.indexOf('?');
            return new Known(
                    marshaller.substring(marshaller.lastIndexOf('.') + 1).replace("RequestMarshaller", ""),
                    binding.httpMethod().name(),
                    uri.substring(0, query),
                    binding.requestUri().substring(Math.min(query + 1, uri.length() - 1)));
        }

        /// A request for it; where address and headers are another's too, what it alone must have is with it.
        AwsRequest request() {
            var headers = new Headers();
            if (name.contains("Copy")) {
                headers.add("x-amz-copy-source", "lake/other");
            }
            var object = path.equals("/{Key+}");
            return new AwsRequest(
                    method,
                    name.equals("ListBuckets") ? "/" : object ? "/lake/key" : "/lake",
                    OF_UPLOADS.contains(name) ? "uploadId=u" : query,
                    headers,
                    NO_CONTENT,
                    new AwsRequest.Signed(
                            Caller.service("things.amazonaws.com", "us-east-1"), "", "us-east-1", false, 0),
                    "id",
                    "127.0.0.1",
                    Instant.EPOCH);
        }
    }

    private static List<Known> known() throws Exception {
        var known = new ArrayList<Known>();
        for (var marshaller : classes("transform", "RequestMarshaller")) {
            known.add(Known.of(marshaller));
        }
        known.removeIf(each -> ELSEWHERE.contains(each.name()));
        assertThat(known).hasSizeGreaterThan(100);
        return known;
    }

    @Test
    void every_operation_of_s3_is_found_at_its_own_address_or_is_not_implemented() throws Exception {
        for (var operation : known()) {
            assertThat(found(operation)).as("%s", operation).isIn(operation.name(), "NotImplemented");
        }
    }

    private String found(Known operation) {
        try {
            return table.find(S3Call.of(operation.request(), new VirtualHosts("us-east-1")))
                    .name();
        } catch (AwsError e) {
            return e.code();
        }
    }

    @Test
    void every_operation_of_the_table_is_one_of_s3() throws Exception {
        var names = new TreeSet<>(Set.of("PostObject"));
        known().forEach(operation -> names.add(operation.name()));
        assertThat(table.all()).hasSizeGreaterThan(50).allMatch(operation -> names.contains(operation.name()));
    }

    @Test
    void a_header_of_s3_is_read_by_the_operations_or_refused_or_without_effect() throws Exception {
        var headers = new TreeSet<String>();
        for (var name : classes("model", "Request")) {
            var type = Class.forName(name);
            var operation =
                    type.getSimpleName().substring(0, type.getSimpleName().length() - "Request".length());
            if (ABSENT.contains(operation) || type.isInterface() || operation.equals("S3")) {
                continue;
            }
            var built = type.getMethod("builder").invoke(null);
            for (var field : ((SdkPojo) built).sdkFields()) {
                if (field.location() == MarshallLocation.HEADER) {
                    headers.add(field.locationName().toLowerCase(Locale.ROOT));
                }
            }
        }
        assertThat(headers).hasSizeGreaterThan(50);
        var rest = new HashSet<>(headers);
        rest.removeAll(RequestHeaders.REFUSED);
        rest.removeAll(RequestHeaders.WITHOUT_EFFECT);
        var code = code();
        // Lifecycles and replication are refused as a whole; a token is for support alone.
        rest.removeAll(Set.of("x-amz-bucket-object-lock-token", "x-amz-transition-default-minimum-object-size"));
        rest.removeIf(header -> code.contains(header) || code.contains(spelt(header)) || isOfChecksum(header));
        assertThat(rest).isEmpty();
    }

    /// Their names are put together.
    private static boolean isOfChecksum(String header) {
        for (var algorithm : ChecksumAlgorithm.values()) {
            if (algorithm.header().equals(header)) {
                return true;
            }
        }
        return false;
    }

    private static String spelt(String header) {
        var spelt = new StringBuilder();
        for (var word : header.split("-")) {
            spelt.append(spelt.isEmpty() ? "" : "-")
                    .append(word.equals("md5") ? "MD5" : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return spelt.toString();
    }

    private static String code() throws IOException, URISyntaxException {
        var code = new StringBuilder();
        var folder = Path.of(S3.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("dev/baton/local/s3");
        try (var files = Files.list(folder)) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                code.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return code.toString();
    }

    @Test
    void a_header_that_is_refused_is_so_whatever_it_comes_with() throws IOException {
        try (var lake = new Lake()) {
            lake.put("k", "x");
            for (var header : RequestHeaders.REFUSED) {
                for (var method : List.of("PUT", "GET", "DELETE")) {
                    var answer = lake.signing().send(method, "/lake/k", Map.of(header, "x"), "");
                    // PutObject alone reads those, and this is no retention.
                    var isRead = method.equals("PUT") && ObjectLock.HEADERS.contains(header);
                    assertThat(answer.code())
                            .as("%s %s", method, header)
                            .isEqualTo(isRead ? "InvalidArgument" : "NotImplemented");
                }
            }
            assertThat(lake.get("k")).isEqualTo("x");
        }
    }
}
