package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.internal.UnreadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/// What is under a folder after the process ended in the middle of something.
class ChangeJournalTest {
    @TempDir
    Path folder;

    private static List<Change> changes(FileChangeJournal journal) throws IOException {
        var changes = new ArrayList<Change>();
        journal.replay(changes::add);
        return changes;
    }

    private List<Change> written(int count) throws IOException {
        var changes = new ArrayList<Change>();
        try (var journal = new FileChangeJournal(LocalDisk.DISK, folder, () -> {})) {
            changes(journal);
            for (int i = 0; i < count; i++) {
                var change = i == 0
                        ? new Change.BucketCreated("lake", Instant.EPOCH)
                        : new Change.VersionAdded(
                                "lake", ObjectVersion.marker("k\ud83d\ude00" + i, "v" + i, i, Instant.EPOCH));
                changes.add(change);
                journal.await(journal.append(change));
            }
        }
        return changes;
    }

    @Test
    void a_journal_cut_anywhere_tells_all_that_was_whole_and_goes_on() throws IOException {
        var changes = written(6);
        var whole = Files.readAllBytes(folder.resolve("journal"));
        var ends = new ArrayList<Integer>();
        for (int at = 0; at < whole.length; ) {
            at += 8 + ByteBuffer.wrap(whole, at, 4).getInt();
            ends.add(at);
        }
        for (int length = 0; length <= whole.length; length++) {
            var cut = length;
            Files.write(folder.resolve("journal"), Arrays.copyOf(whole, length));
            int complete = (int) ends.stream().filter(end -> end <= cut).count();
            try (var journal = new FileChangeJournal(LocalDisk.DISK, folder, () -> {})) {
                assertThat(changes(journal)).as("cut at %d", length).isEqualTo(changes.subList(0, complete));
                journal.await(journal.append(new Change.BucketDeleted("more")));
            }
            try (var journal = new FileChangeJournal(LocalDisk.DISK, folder, () -> {})) {
                var expected = new ArrayList<>(changes.subList(0, complete));
                expected.add(new Change.BucketDeleted("more"));
                assertThat(changes(journal)).isEqualTo(expected);
            }
        }
    }

    @Test
    void a_bit_that_flips_in_the_last_record_cuts_it_and_keeps_it_aside() throws IOException {
        var changes = written(5);
        var whole = Files.readAllBytes(folder.resolve("journal"));
        whole[whole.length - 10] ^= 1;
        Files.write(folder.resolve("journal"), whole);
        try (var journal = new FileChangeJournal(LocalDisk.DISK, folder, () -> {})) {
            var found = new ArrayList<Change>();
            assertThat(journal.replay(found::add))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.code()).isEqualTo("LOC006"));
            assertThat(found).isEqualTo(changes.subList(0, 4));
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("journal.torn-at-"));
        }
    }

    @Test
    void a_bit_that_flips_anywhere_before_the_last_record_stops_the_start_and_changes_nothing() throws IOException {
        written(5);
        var file = folder.resolve("journal");
        var whole = Files.readAllBytes(file);
        int last = 0;
        for (int at = 0; at < whole.length; ) {
            last = at;
            at += 8 + ByteBuffer.wrap(whole, at, 4).getInt();
        }
        for (int at = 0; at < last; at++) {
            var spoiled = whole.clone();
            spoiled[at] ^= 0x10;
            Files.write(file, spoiled);
            try (var journal = new FileChangeJournal(LocalDisk.DISK, folder, () -> {})) {
                assertThatThrownBy(() -> changes(journal))
                        .as("flipped at %d", at)
                        .isInstanceOf(UnreadableFile.class);
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(spoiled);
        }
    }

    @Test
    void every_kind_of_change_survives_its_json() {
        var checksum = new Checksum(ChecksumAlgorithm.SHA256, "abc=-2", Checksum.Type.COMPOSITE);
        var part = new Part(3, 7, "e", checksum, Instant.parse("2026-11-22T05:00:00.123Z"), new Blob.InFile("id", 7));
        var metadata = new Metadata(
                Map.of("Content-Type", "a/b"),
                Map.of("m", "\u00e4\n"),
                new Encryption("aws:kms", "arn:aws:kms:::key/k", true),
                "GLACIER");
        var version = new ObjectVersion(
                "k\u0000\ud83d\ude00",
                "v",
                false,
                5,
                Instant.EPOCH,
                "e",
                7,
                metadata,
                checksum,
                List.of(part),
                true,
                Map.of("t", "<>"));
        var upload =
                new Upload("u", "k", Instant.EPOCH, "arn", metadata, Map.of("t", "1"), null, null, Upload.noParts());
        var all = List.of(
                new Change.BucketCreated("b", Instant.EPOCH),
                new Change.BucketDeleted("b"),
                new Change.BucketSet("b", BucketSetting.POLICY, "{}"),
                new Change.BucketSet("b", BucketSetting.POLICY, null),
                new Change.VersionAdded("b", version),
                new Change.VersionAdded("b", ObjectVersion.marker("k", "null", 1, Instant.EPOCH)),
                new Change.VersionRemoved("b", "k", "v"),
                new Change.VersionTagged("b", "k", "v", Map.of("a", "b")),
                new Change.UploadBegun("b", upload),
                new Change.PartAdded("b", "k", "u", part),
                new Change.UploadAborted("b", "k", "u"),
                new Change.UploadCompleted("b", "u", version));
        assertThat(all.stream().map(change -> change.getClass().getName()).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Change.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
        for (var change : all) {
            var text = dev.baton.json.Json.print(ChangeJson.json(change));
            assertThat(ChangeJson.change(new StoredJson(dev.baton.json.Json.parseObject(text))))
                    .isEqualTo(change);
        }
    }

    @Test
    void what_was_answered_is_there_after_an_end_without_a_close() throws IOException {
        var copy = folder.resolve("after the end");
        var data = folder.resolve("data");
        try (var aws = EmbeddedAws.builder().folder(data).start();
                var clients = new Clients(aws)) {
            var s3 = clients.s3();
            s3.createBucket(create -> create.bucket("lake"));
            for (int i = 0; i < 10; i++) {
                var content = "content " + i;
                s3.putObject(put -> put.bucket("lake").key("k"), RequestBody.fromString(content));
                var upload = s3.createMultipartUpload(
                                create -> create.bucket("lake").key("u"))
                        .uploadId();
                s3.uploadPart(
                        put -> put.bucket("lake").key("u").uploadId(upload).partNumber(1), RequestBody.fromString("p"));
                // What another process would find if this one ended here.
                copy(data, copy.resolve("" + i));
                try (var again = EmbeddedAws.builder()
                                .folder(copy.resolve("" + i))
                                .start();
                        var later = new Clients(again)) {
                    assertThat(later.s3()
                                    .getObjectAsBytes(get -> get.bucket("lake").key("k"))
                                    .asUtf8String())
                            .isEqualTo(content);
                    assertThat(later.s3()
                                    .listParts(
                                            list -> list.bucket("lake").key("u").uploadId(upload))
                                    .parts())
                            .hasSize(1);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void bytes_that_nothing_refers_to_are_removed_at_the_next_start() throws IOException {
        var blobs = folder.resolve("s3/blobs");
        try (var aws = EmbeddedAws.builder().folder(folder).start();
                var clients = new Clients(aws)) {
            clients.s3().createBucket(create -> create.bucket("lake"));
            clients.s3().putObject(put -> put.bucket("lake").key("k"), RequestBody.fromString("kept"));
        }
        Files.createDirectories(blobs.resolve("ab"));
        Files.writeString(blobs.resolve("ab/abandoned"), "x");
        Files.writeString(blobs.resolve("incoming/torn"), "x");
        try (var aws = EmbeddedAws.builder().folder(folder).start();
                var clients = new Clients(aws)) {
            assertThat(files(blobs)).hasSize(1);
            clients.s3().putObject(put -> put.bucket("lake").key("k"), RequestBody.fromString("other"));
            assertThat(files(blobs)).hasSize(1);
            clients.s3().deleteObject(delete -> delete.bucket("lake").key("k"));
            assertThat(files(blobs)).isEmpty();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void a_journal_written_anew_says_the_same_in_less() throws IOException {
        var blobs = new FileBlobs(LocalDisk.DISK, folder.resolve("blobs"), true);
        try (var journal = new FileChangeJournal(LocalDisk.DISK, folder, () -> {})) {
            var buckets = new Buckets(blobs, journal);
            buckets.create(new Change.BucketCreated("lake", Instant.EPOCH));
            for (int i = 0; i < 100; i++) {
                buckets.change(new Change.VersionAdded("lake", ObjectVersion.marker("k", "null", i, Instant.EPOCH)));
            }
            buckets.await(buckets.change(new Change.BucketSet("lake", BucketSetting.VERSIONING, "Enabled")));
        }
        try (var journal = new FileChangeJournal(LocalDisk.DISK, folder, () -> {})) {
            var buckets = new Buckets(blobs, journal);
            long before = journal.length();
            journal.rewrite(buckets::asChanges);
            assertThat(journal.length()).isLessThan(before / 10);
            buckets.await(buckets.change(new Change.BucketSet("lake", BucketSetting.VERSIONING, "Suspended")));
        }
        try (var journal = new FileChangeJournal(LocalDisk.DISK, folder, () -> {})) {
            var lake = new Buckets(blobs, journal).find("lake");
            assertThat(lake.versionsOf("k"))
                    .singleElement()
                    .satisfies(v -> assertThat(v.sequence()).isEqualTo(99));
            assertThat(lake.setting(BucketSetting.VERSIONING)).isEqualTo("Suspended");
        }
    }

    @Test
    void two_processes_cannot_share_a_folder() {
        try (var aws = EmbeddedAws.builder().folder(folder).start()) {
            assertThat(aws.endpoint()).isNotNull();
            assertThatThrownBy(() -> EmbeddedAws.builder().folder(folder).start())
                    .hasMessageContaining("another process keeps its S3 in");
        }
    }
}
