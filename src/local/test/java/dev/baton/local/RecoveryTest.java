package dev.baton.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/// A folder in which something was damaged: it says what, keeps every byte, and can be salvaged.
class RecoveryTest {
    private static final int OBJECTS = 12;

    @TempDir
    Path temp;

    private Path filled() throws IOException {
        var folder = temp.resolve("data");
        try (var aws = EmbeddedAws.builder().folder(folder).start();
                var clients = new Clients(aws)) {
            var s3 = clients.s3();
            s3.createBucket(create -> create.bucket("lake"));
            for (int i = 0; i < OBJECTS; i++) {
                var key = "k" + i;
                s3.putObject(put -> put.bucket("lake").key(key), RequestBody.fromString("content of " + key));
            }
        }
        return folder;
    }

    private static List<Integer> records(byte[] journal) {
        var starts = new ArrayList<Integer>();
        for (int at = 0; at < journal.length; at += 8 + ByteBuffer.wrap(journal, at, 4).getInt()) {
            starts.add(at);
        }
        return starts;
    }

    private static Map<String, String> bytes(Path folder) throws IOException {
        var bytes = new TreeMap<String, String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(folder.relativize(file).toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return bytes;
    }

    private static String refused(Path folder) {
        var found = new ArrayList<Diagnostic>();
        assertThatThrownBy(() -> EmbeddedAws.builder().folder(folder).start().close())
                .isInstanceOfSatisfying(DiagnosticException.class, e -> found.addAll(e.diagnostics()));
        return found.getFirst().toString();
    }

    private static List<String> codes(EmbeddedAws aws) {
        return aws.findings().stream().map(Diagnostic::code).toList();
    }

    @Test
    void a_damaged_record_stops_the_start_and_a_salvage_reads_all_others() throws IOException {
        var folder = filled();
        var journal = folder.resolve("s3/journal");
        var content = Files.readAllBytes(journal);
        int damaged = records(content).get(5);
        content[damaged + 40] ^= 1;
        Files.write(journal, content);
        var before = bytes(folder);

        assertThat(refused(folder))
                .contains("LOC001", journal.toString(), "byte " + damaged, "--salvage");
        assertThat(bytes(folder)).isEqualTo(before);

        try (var aws = EmbeddedAws.builder().folder(folder).salvage().start();
                var clients = new Clients(aws)) {
            assertThat(codes(aws)).containsExactly("LOC009", "LOC009");
            assertThat(aws.findings().getFirst().message()).contains(OBJECTS + " records are read");
            assertThat(clients.s3().listObjectsV2(list -> list.bucket("lake")).contents())
                    .hasSize(OBJECTS - 1);
        }
        assertThat(folder.resolve("set-aside/s3-journal")).hasBinaryContent(content);
        try (var blobs = Files.list(folder.resolve("set-aside/blobs"))) {
            assertThat(blobs).singleElement().satisfies(blob -> assertThat(blob).hasContent("content of k4"));
        }
        try (var aws = EmbeddedAws.builder().folder(folder).start()) {
            assertThat(aws.findings()).isEmpty();
        }
    }

    @Test
    void a_journal_that_is_gone_takes_no_bytes_with_it() throws IOException {
        var folder = filled();
        Files.delete(folder.resolve("s3/journal"));
        assertThat(refused(folder)).contains("LOC005", OBJECTS + " files");
        try (var files = Files.walk(folder.resolve("s3/blobs"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(OBJECTS);
        }
    }

    @Test
    void a_torn_end_is_cut_and_said() throws IOException {
        var folder = filled();
        var journal = folder.resolve("s3/journal");
        var content = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(content, content.length - 5));
        try (var aws = EmbeddedAws.builder().folder(folder).start();
                var clients = new Clients(aws)) {
            assertThat(codes(aws)).containsExactly("LOC006");
            assertThat(clients.s3().listObjectsV2(list -> list.bucket("lake")).contents())
                    .hasSize(OBJECTS - 1);
        }
        try (var files = Files.walk(folder.resolve("s3/blobs"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(OBJECTS);
        }
    }

    @Test
    void objects_whose_bytes_are_gone_or_short_are_listed_once() throws IOException {
        var folder = filled();
        try (var files = Files.walk(folder.resolve("s3/blobs"))) {
            var blobs = files.filter(Files::isRegularFile).toList();
            Files.delete(blobs.get(0));
            Files.writeString(blobs.get(1), "x");
        }
        try (var aws = EmbeddedAws.builder().folder(folder).start()) {
            assertThat(codes(aws)).containsExactly("LOC007");
            assertThat(aws.findings().getFirst().message()).contains("2 objects: lake/k");
        }
    }

    @Test
    void files_that_are_cut_or_of_another_shape_name_themselves() throws IOException {
        var folder = filled();
        var spoiled = Map.of(
                "iam/identities.json", "{\"roles\":[{\"arn\":5}]}",
                "functions.json", "{\"functions\":5}",
                "states.json", "",
                "kms.json", "{\"keys\":[{\"id\":\"a\"}]}",
                "events.json", "{\"buses\":[",
                "ssm.json", "[]",
                "schedules.json", "{\"until\":5}");
        for (var each : spoiled.entrySet()) {
            var file = folder.resolve(each.getKey());
            var kept = Files.exists(file) ? Files.readAllBytes(file) : null;
            Files.writeString(file, each.getValue());
            assertThat(refused(folder)).as(each.getKey()).containsPattern("LOC00[34]").contains(file.toString());
            assertThat(file).hasContent(each.getValue());
            if (kept == null) {
                Files.delete(file);
            } else {
                Files.write(file, kept);
            }
        }
        Files.writeString(folder.resolve("states.json"), "{");
        try (var aws = EmbeddedAws.builder().folder(folder).salvage().start()) {
            assertThat(codes(aws)).containsExactly("LOC009");
        }
        assertThat(folder.resolve("set-aside/states.json")).hasContent("{");
    }

    @Test
    void all_that_is_kept_is_for_its_owner_alone() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        var folder = filled();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        EmbeddedAws.builder().folder(folder).start().close();
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .endsWith("------");
            }
        }
    }
}
