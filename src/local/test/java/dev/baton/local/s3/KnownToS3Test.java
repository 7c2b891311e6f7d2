package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.QueryParameters;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void no_subresource_of_s3_is_taken_for_the_plain_bucket_or_object() throws Exception {
        var seen = new TreeSet<String>();
        for (var name : classes("transform", "RequestMarshaller")) {
            var field = Class.forName(name).getDeclaredField("SDK_OPERATION_BINDING");
            field.setAccessible(true);
            var uri = ((OperationInfo) field.get(null)).requestUri();
            int query = uri.indexOf('?');
            for (var parameter :
                    query < 0 ? new String[0] : uri.substring(query + 1).split("&")) {
                if (!parameter.startsWith("x-id=") && !parameter.startsWith("list-type=")) {
                    seen.add(parameter);
                }
            }
        }
        assertThat(seen).contains("abac", "acl", "renameObject", "uploads").hasSizeGreaterThan(30);
        for (var parameter : seen) {
            assertThat(taken(parameter)).as(parameter).isNotEqualTo("NONE");
        }
    }

    private static String taken(String query) {
        try {
            return Subresource.of(QueryParameters.parse(query)).name();
        } catch (AwsError e) {
            assertThat(e.status()).isEqualTo(501);
            return e.code();
        }
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
        // Object lock, lifecycles, replication and logs of buckets are refused as a whole.
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
                    assertThat(answer.code()).as("%s %s", method, header).isEqualTo("NotImplemented");
                }
            }
            assertThat(lake.get("k")).isEqualTo("x");
        }
    }
}
