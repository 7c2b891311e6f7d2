package dev.baton.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads that are refused, and what they leave.
class UploadedCodeTest {
    private static final Account ACCOUNT = new Account("000000000000", "us-east-1");

    @TempDir
    private Path folder;

    private void upload(byte[] zip) throws IOException {
        try (var code = new UploadedCode(ACCOUNT, () -> null, folder, () -> Instant.EPOCH)) {
            code.of(ApiInput.of(Map.of("ZipFile", Base64.getEncoder().encodeToString(zip))), Caller.ANONYMOUS);
        }
    }

    private static byte[] zip(String name, byte[] content, int times) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            for (var i = 0; i < times; i++) {
                zip.write(content);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void what_unpacks_to_more_than_lambda_takes_leaves_nothing() throws IOException {
        var zeros = zip("zeros", new byte[1 << 20], 251);

        assertThat(zeros).hasSizeLessThan(1 << 20);
        assertThatThrownBy(() -> upload(zeros))
                .isInstanceOf(AwsError.class)
                .hasMessage("Unzipped size must be smaller than 262144000 bytes");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void names_that_are_not_safe_and_files_that_are_broken_leave_nothing() throws IOException {
        var content = "a content that is long enough to be cut".getBytes(StandardCharsets.UTF_8);
        for (var name : List.of("/absolute", "../outside", "a/../../outside", "a\\b", ".", "a/..")) {
            var bad = zip(name, content, 1);
            assertThatThrownBy(() -> upload(bad))
                    .as(name)
                    .isInstanceOf(AwsError.class)
                    .hasMessageContaining("Could not unzip uploaded file");
            assertThat(folder).as(name).isEmptyDirectory();
        }
        var cut = Arrays.copyOf(zip("lib/own.jar", content, 1), 60);
        assertThatThrownBy(() -> upload(cut)).isInstanceOf(AwsError.class);
        assertThat(folder).isEmptyDirectory();
    }
}
