package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A repository of Mercurial.
final class MercurialRepository implements Repository {
    private static final String NONE = "0".repeat(40);

    private final Path root;
    private final ToolPrograms programs;
    private final MercurialCalls hg;

    MercurialRepository(Path root, ToolPrograms programs) {
        this.root = root;
        this.programs = programs;
        this.hg = new MercurialCalls(root, programs);
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public String system() {
        return "hg";
    }

    @Override
    public Optional<Revision> workingCopy() {
        var parents = changesets("parents()");
        if (parents.isEmpty()) {
            return Optional.empty();
        }
        var merging = parents.size() > 1;
        var first = merging ? changesets("p1()") : parents;
        var revision = of(first.getFirst());
        return Optional.of(revision.with(
                revision.branch(),
                files(hg.listed("status", "-Tjson", "--modified", "--added", "--removed", "--deleted", "--unknown")),
                merging));
    }

    @Override
    public Revision revision(String name) {
        return of(changeset(name));
    }

    @Override
    public List<FileChange> changes(String from, String to) {
        RevisionName.of(to);
        var older = id(from);
        var newer = id(to);
        var words = new String[] {
            "status",
            "-Tjson",
            "--modified",
            "--added",
            "--removed",
            "--rev=id(" + older + ")",
            "--rev=id(" + newer + ")"
        };
        var answer = hg.any(words);
        if (answer.exit() != 0) {
            throw failed(answer, "status", older, newer);
        }
        var changes = new ArrayList<>(files(hg.listed(answer, words)));
        Collections.sort(changes);
        return List.copyOf(changes);
    }

    @Override
    public SortedMap<String, byte[]> contents(String revision, String under) {
        var path = SourcePath.normal(under);
        var contents = new TreeMap<String, byte[]>();
        var id = id(revision);
        // A pattern "path:" takes the rest as it is. Bytes of a file are not always a text that JSON has.
        var answer = hg.any(
                "cat",
                "--rev=id(" + id + ")",
                "--template={path|hex} {data|hex}\\n",
                "--",
                "path:" + (path.isEmpty() ? "." : path));
        // With 1 it says that there is no such file.
        if (answer.exit() > 1) {
            throw failed(answer, "cat", id);
        }
        answer.text().lines().forEach(line -> {
            var end = line.indexOf(' ');
            var hex = HexFormat.of();
            contents.put(
                    new String(hex.parseHex(line.substring(0, end)), StandardCharsets.UTF_8),
                    hex.parseHex(line.substring(end + 1)));
        });
        return contents;
    }

    @Override
    public void export(String revision, Path folder) throws IOException {
        var id = id(revision);
        Files.createDirectories(folder);
        var answer = hg.any(
                "archive",
                "--type=files",
                "--rev=id(" + id + ")",
                "--",
                // In such a name, %h and its like stand for something.
                folder.toRealPath().toString().replace("%", "%%"));
        if (answer.exit() != 0) {
            throw failed(answer, "archive", id);
        }
        // What Mercurial adds of its own.
        Files.deleteIfExists(folder.resolve(".hg_archival.txt"));
    }

    @Override
    public String signer(String revision) {
        var id = id(revision);
        return Signatures.ofMercurial(
                root,
                id,
                hg.any(
                        "--config=extensions.gpg=",
                        "--config=gpg.cmd=" + Signatures.gpg(programs, root),
                        "sigcheck",
                        id));
    }

    private static List<FileChange> files(List<Map<String, @Nullable Object>> listed) {
        return listed.stream()
                .map(file -> new FileChange(kind(text(file, "status")), text(file, "path")))
                .toList();
    }

    private static FileChange.Kind kind(String letter) {
        return switch (letter) {
            case "?" -> FileChange.Kind.UNTRACKED;
            case "A" -> FileChange.Kind.ADDED;
            case "R", "!" -> FileChange.Kind.DELETED;
            default -> FileChange.Kind.MODIFIED;
        };
    }

    private Revision of(Map<String, @Nullable Object> changeset) {
        var seconds = changeset.get("date") instanceof List<?> date && date.getFirst() instanceof Number number
                ? number.longValue()
                : 0;
        return new Revision(
                system(),
                text(changeset, "node"),
                text(changeset, "branch"),
                texts(changeset, "tags").stream()
                        .filter(tag -> !tag.equals("tip"))
                        .sorted()
                        .toList(),
                Author.parse(text(changeset, "user")),
                Instant.ofEpochSecond(seconds),
                text(changeset, "desc").strip().lines().findFirst().orElse(""),
                texts(changeset, "parents").stream()
                        .filter(parent -> !parent.equals(NONE))
                        .toList(),
                false,
                List.of(),
                0,
                RemoteUrl.withoutCredentials(new MercurialSettings(root).value("paths", "default")));
    }

    /// A whole id is not looked up: what asks with it fails where there is no such changeset.
    private String id(String text) {
        var name = RevisionName.of(text);
        return name.isWhole() && name.suffix().isEmpty() ? text : text(changeset(text), "node");
    }

    /// Of a call that asked for changesets: REV003 where one is not there.
    private DiagnosticException failed(ToolCall.Answer answer, String command, String... ids) {
        if (answer.complaint().contains("empty revision")) {
            List.of(ids).forEach(this::changeset);
        }
        return new DiagnosticException(
                RevisionFindings.failed("hg", root, List.of(command), answer.exit(), answer.complaint()));
    }

    private Map<String, @Nullable Object> changeset(String text) {
        var name = RevisionName.of(text);
        var base = switch (name.base()) {
            case "." -> "p1()";
            case "tip" -> "tip";
            default -> "id(" + (name.isWhole() ? name.base() : base(text, name)) + ")";
        };
        var words = log(base + name.suffix());
        var answer = hg.any(words);
        if (answer.exit() != 0 && answer.complaint().contains("ambiguous")) {
            throw new DiagnosticException(RevisionFindings.ambiguous(text, List.of("ids from " + name.base() + " on")));
        }
        var found = changesets(hg.listed(answer, words));
        if (found.isEmpty()) {
            throw unknown(text, List.of());
        }
        return found.getFirst();
    }

    private String base(String text, RevisionName name) {
        var listed = listed();
        var meant = listed.getOrDefault(name.base(), new TreeSet<>());
        if (meant.size() > 1) {
            throw new DiagnosticException(RevisionFindings.ambiguous(text, meant));
        }
        if (meant.isEmpty() && !name.isHex()) {
            throw unknown(text, List.copyOf(listed.keySet()));
        }
        return meant.isEmpty() ? name.base() : meant.getFirst();
    }

    /// @param revset of this class's own words and hexadecimal digits
    private static String[] log(String revset) {
        return new String[] {"log", "-Tjson", "--rev=" + revset};
    }

    private List<Map<String, @Nullable Object>> changesets(String revset) {
        return changesets(hg.listed(log(revset)));
    }

    /// Without the one that is before the first.
    private static List<Map<String, @Nullable Object>> changesets(List<Map<String, @Nullable Object>> all) {
        return all.stream()
                .filter(changeset -> !text(changeset, "node").equals(NONE))
                .toList();
    }

    private DiagnosticException unknown(String text, List<String> listed) {
        return new DiagnosticException(RevisionFindings.unknown(text, root, listed));
    }

    /// Tags, bookmarks and branches with their changesets. A branch's is its tip.
    private SortedMap<String, SortedSet<String>> listed() {
        var listed = new TreeMap<String, SortedSet<String>>();
        for (var changeset : changesets("tag()+bookmark()")) {
            texts(changeset, "tags").forEach(tag -> add(listed, tag, changeset));
            texts(changeset, "bookmarks").forEach(bookmark -> add(listed, bookmark, changeset));
        }
        hg.listed("branches", "--closed", "-Tjson").forEach(branch -> add(listed, text(branch, "branch"), branch));
        return listed;
    }

    private static void add(
            SortedMap<String, SortedSet<String>> listed, String name, Map<String, @Nullable Object> changeset) {
        listed.computeIfAbsent(name, key -> new TreeSet<>()).add(text(changeset, "node"));
    }

    private static String text(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    private static List<String> texts(Map<String, @Nullable Object> object, String name) {
        return object.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
