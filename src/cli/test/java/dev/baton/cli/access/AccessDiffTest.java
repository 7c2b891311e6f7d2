package dev.baton.cli.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Each `NAME.json` has the policies of two revisions, and `NAME.diff` says what changed between them.
/// `-Dbaton.rewrite=true` writes the second ones anew, to be read before they are committed.
class AccessDiffTest {
    private static final Path FOLDER = Path.of("test/resources/access");
    private static final boolean REWRITE = Boolean.getBoolean("baton.rewrite");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> what_became_wider_and_what_narrower_is_told() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                        var expected = Path.of(file.toString().replace(".json", ".diff"));
                        var found = diff(file);
                        if (REWRITE) {
                            Files.writeString(expected, found);
                        }
                        assertThat(found).isEqualTo(Files.readString(expected));
                    }));
        }
    }

    @Test
    void what_narrows_one_way_widens_the_other() throws IOException {
        try (var files = Files.list(FOLDER)) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                var json = Json.parseObject(Files.readString(file));
                var there = revision("there", json.get("before"));
                var back = revision("back", json.get("after"));
                // New policies are told whole, so they have no counterpart of the same number.
                if (there.policies().keySet().equals(back.policies().keySet())) {
                    assertThat(count(there, back, true)).as(file.toString()).isEqualTo(count(back, there, false));
                }
                assertThat(AccessComparison.of(there, there)).isEmpty();
            }
        }
    }

    @Test
    void wider_access_is_accepted_with_a_reason_only() {
        assertThatThrownBy(() -> AcceptedAccess.parse("accepted-access.txt", "weather/x allow s3:GetObject\n"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("accepted-access.txt:1");
    }

    @Test
    void a_new_policy_is_accepted_as_it_is_and_not_as_it_may_become() throws IOException {
        var json = Json.parseObject(Files.readString(FOLDER.resolve("new-role.json")));
        var changes = AccessComparison.of(revision("a", json.get("before")), revision("b", json.get("after")));
        var lines =
                changes.stream().map(change -> change.line() + " # a new task").toList();
        var accepted = AcceptedAccess.parse("accepted", String.join("\n", lines));
        assertThat(changes).isNotEmpty().allMatch(change -> accepted.reason(change) != null);
        var more = Json.parseObject(Files.readString(FOLDER.resolve("new-role.json"))
                .replace("\"s3:PutObject\"", "[\"s3:PutObject\", \"s3:DeleteObject\"]"));
        assertThat(AccessComparison.of(revision("a", more.get("before")), revision("b", more.get("after"))))
                .anyMatch(change -> accepted.reason(change) == null);
    }

    private long count(PolicyRevision before, PolicyRevision after, boolean wider) {
        return AccessComparison.of(before, after).stream()
                .filter(change -> change.wider() == wider)
                .count();
    }

    private String diff(Path file) throws IOException {
        var json = Json.parseObject(Files.readString(file));
        var name = file.getFileName().toString();
        var before = write(name + "-before", json.get("before"));
        var after = write(name + "-after", json.get("after"));
        if (json.get("accepted") instanceof String accepted) {
            Files.writeString(after.resolve(PolicyRevision.ACCEPTED), accepted);
        }
        var out = new StringWriter();
        var fine = AccessDiff.print(before.toString(), after.toString(), folder, new PrintWriter(out, true));
        return json.get("about") + "\n\n" + out + (fine ? "passes\n" : "fails\n");
    }

    private PolicyRevision revision(String name, Object files) throws IOException {
        return PolicyRevision.of(write(name + System.nanoTime(), files).toString(), folder);
    }

    private Path write(String name, Object files) throws IOException {
        var root = folder.resolve(name);
        for (var file : ((Map<?, ?>) Objects.requireNonNull(files)).entrySet()) {
            var path = root.resolve((String) file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, Json.print(file.getValue()));
        }
        return root;
    }
}
