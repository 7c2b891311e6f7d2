package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A repository of Git, its main working copy, a worktree or a submodule.
final class GitRepository implements Repository {
    private static final String TAGS = "refs/tags/";

    private final Path root;
    private final ToolPrograms programs;
    private final GitCalls git;

    GitRepository(Path root, ToolPrograms programs) {
        this.root = root;
        this.programs = programs;
        this.git = new GitCalls(root, programs);
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public String system() {
        return "git";
    }

    @Override
    public Optional<Revision> workingCopy() {
        var settings = GitSettings.of(git);
        var status = GitStatus.of(root, programs, settings);
        return status.id().isEmpty()
                ? Optional.empty()
                : Optional.of(of(status.id(), settings.remote(status.branch()))
                        .with(status.branch(), status.changes(), status.merging()));
    }

    @Override
    public Revision revision(String name) {
        return of(id(name), GitSettings.of(git).remote(""));
    }

    @Override
    public List<FileChange> changes(String from, String to) {
        RevisionName.of(to);
        var parts = git.answer(
                        "diff-tree",
                        "-r",
                        "-z",
                        "--no-renames",
                        "--no-ext-diff",
                        "--name-status",
                        "--end-of-options",
                        id(from),
                        id(to),
                        "--")
                .parts();
        var changes = new ArrayList<FileChange>();
        for (var i = 0; i + 1 < parts.size(); i += 2) {
            changes.add(new FileChange(GitStatus.kind(parts.get(i)), parts.get(i + 1)));
        }
        Collections.sort(changes);
        return List.copyOf(changes);
    }

    @Override
    public SortedMap<String, byte[]> contents(String revision, String under) {
        var id = id(revision);
        var words = new ArrayList<>(List.of("ls-tree", "-r", "-z", "--full-tree", id, "--"));
        var path = SourcePath.normal(under);
        if (!path.isEmpty()) {
            words.add(path);
        }
        var blobs = new LinkedHashMap<String, String>();
        for (var entry : git.answer(words.toArray(String[]::new)).parts()) {
            var tab = entry.indexOf('\t');
            var about = entry.substring(0, tab).split(" ");
            if (about[1].equals("blob")) {
                blobs.put(entry.substring(tab + 1), about[2]);
            }
        }
        return blobs(blobs);
    }

    /// Through an index of its own: that of the working copy stays as it is.
    @Override
    public void export(String revision, Path folder) throws IOException {
        var id = id(revision);
        var settings = GitSettings.of(git);
        if (!settings.unspeakable().isEmpty()) {
            throw new DiagnosticException(RevisionFindings.unexpected("git", root, settings.unspeakable()));
        }
        Files.createDirectories(folder);
        var index = Files.createTempDirectory("baton-index");
        try {
            var files = new GitCalls(root, programs, settings.withoutFilters(), index.resolve("index"));
            files.answer("read-tree", "--no-sparse-checkout", id);
            files.answer("checkout-index", "--all", "--prefix=" + folder.toRealPath() + "/");
        } finally {
            Files.deleteIfExists(index.resolve("index"));
            Files.delete(index);
        }
    }

    @Override
    public String signer(String revision) {
        var id = id(revision);
        var answer = new GitCalls(root, programs, Signatures.settings(programs, GitSettings.of(git)))
                .any("verify-commit", "--raw", "--", id);
        return Signatures.ofGit(root, id, answer);
    }

    /// All of them in one call: `id type size`, a line end, the bytes, a line end.
    private SortedMap<String, byte[]> blobs(Map<String, String> blobs) {
        var contents = new TreeMap<String, byte[]>();
        if (blobs.isEmpty()) {
            return contents;
        }
        var answer = git.told(String.join("\n", blobs.values()) + "\n", "cat-file", "--batch");
        var at = 0;
        for (var blob : blobs.entrySet()) {
            var end = at;
            while (end < answer.length && answer[end] != '\n') {
                end++;
            }
            var head = new String(answer, at, end - at, StandardCharsets.US_ASCII);
            if (!head.matches(blob.getValue() + " blob [0-9]+")) {
                throw new DiagnosticException(RevisionFindings.unexpected("git", root, head));
            }
            var size = Integer.parseInt(head.substring(head.lastIndexOf(' ') + 1));
            contents.put(blob.getKey(), Arrays.copyOfRange(answer, end + 1, end + 1 + size));
            at = end + size + 2;
        }
        return contents;
    }

    /// The commit's own words, and its tags.
    private Revision of(String id, String remote) {
        var text = git.answer(
                        "log",
                        "--no-walk",
                        "--no-show-signature",
                        "--decorate=full",
                        "--decorate-refs=" + TAGS + "*",
                        "--no-color",
                        "--no-notes",
                        "--no-mailmap",
                        "--no-patch",
                        "--encoding=UTF-8",
                        "--format=format:%H%x00%P%x00%D%x00%an%x00%ae%x00%cI%x00%B",
                        "--end-of-options",
                        id,
                        "--")
                .text();
        var fields = text.split("\0", 7);
        if (fields.length < 7 || !fields[0].equals(id)) {
            throw new DiagnosticException(RevisionFindings.unexpected("git", root, text));
        }
        return new Revision(
                system(),
                id,
                "",
                words(fields[2].replace(", ", " ")).stream()
                        .filter(word -> word.startsWith(TAGS))
                        .map(tag -> tag.substring(TAGS.length()))
                        .sorted()
                        .toList(),
                new Author(fields[3], fields[4]),
                OffsetDateTime.parse(fields[5]).toInstant(),
                fields[6].strip().lines().findFirst().orElse(""),
                words(fields[1]),
                false,
                List.of(),
                0,
                remote);
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ")).stream().filter(word -> !word.isEmpty()).toList();
    }

    private String id(String text) {
        var name = RevisionName.of(text);
        var base = base(text, name);
        return name.suffix().isEmpty()
                ? base
                : commit(base + name.suffix()).orElseThrow(() -> unknown(text, List.of()));
    }

    private String base(String text, RevisionName name) {
        if (name.base().equals("HEAD")) {
            return commit("HEAD").orElseThrow(() -> unknown(text, List.of()));
        }
        if (name.isWhole()) {
            return commit(name.base()).filter(name.base()::equals).orElseThrow(() -> unknown(text, List.of()));
        }
        var listed = listed();
        var meant = listed.getOrDefault(name.base(), new TreeMap<>());
        if (new TreeSet<>(meant.values()).size() > 1) {
            throw new DiagnosticException(RevisionFindings.ambiguous(text, meant.keySet()));
        }
        if (!meant.isEmpty()) {
            return meant.firstEntry().getValue();
        }
        return name.isHex() ? abbreviated(text, name.base()) : unlisted(text, listed);
    }

    private String unlisted(String text, Map<String, ? extends Map<String, String>> listed) {
        throw unknown(
                text,
                listed.keySet().stream()
                        .filter(known -> !known.matches("(refs|heads|tags|remotes)/.*"))
                        .toList());
    }

    private String abbreviated(String text, String digits) {
        var found = commit(digits);
        if (found.isPresent() && found.get().startsWith(digits)) {
            return found.get();
        }
        var all = git.said("rev-parse", "--disambiguate=" + digits).lines().toList();
        throw all.size() > 1
                ? new DiagnosticException(RevisionFindings.ambiguous(text, all))
                : unknown(text, List.of());
    }

    private DiagnosticException unknown(String text, List<String> listed) {
        return new DiagnosticException(RevisionFindings.unknown(text, root, listed));
    }

    /// @param safe `HEAD`, or hexadecimal digits with a suffix
    private Optional<String> commit(String safe) {
        var answer = git.any("rev-parse", "--verify", "--quiet", "--end-of-options", safe + "^{commit}");
        if (answer.exit() > 1 && !answer.complaint().isEmpty()) {
            throw new DiagnosticException(
                    RevisionFindings.failed("git", root, List.of("rev-parse"), answer.exit(), answer.complaint()));
        }
        return Optional.of(answer.text().strip()).filter(RevisionName::isWhole);
    }

    /// Branches, tags and branches of remotes, by each name that they go by; of each the full names that it may stand
    /// for, with their commits.
    private SortedMap<String, SortedMap<String, String>> listed() {
        var listed = new TreeMap<String, SortedMap<String, String>>();
        var format = "--format=%(refname) %(objecttype) %(objectname) %(*objecttype) %(*objectname)";
        for (var line : git.answer("for-each-ref", format, "refs/heads", "refs/tags", "refs/remotes")
                .text()
                .split("\n")) {
            var parts = line.split(" ");
            var commit = parts.length < 3 ? -1 : parts[1].equals("commit") ? 2 : parts.length > 4 ? 4 : -1;
            if (commit > 0 && parts[commit - 1].equals("commit")) {
                var full = parts[0];
                for (var name : List.of(full, full.replaceFirst("^refs/", ""), full.replaceFirst("^refs/[^/]+/", ""))) {
                    listed.computeIfAbsent(name, key -> new TreeMap<>()).put(full, parts[commit]);
                }
            }
        }
        return listed;
    }

    /// The file of a hook; worktrees have those of their repository.
    ///
    /// @throws DiagnosticException REV010 when the hooks are configured to be elsewhere
    Path hookFile(String event) {
        var elsewhere = GitSettings.of(git).hooks();
        if (!elsewhere.isEmpty()) {
            throw new DiagnosticException(RevisionFindings.hookInTheWay(
                    root, "core.hooksPath is " + elsewhere + ", whose hooks other repositories may share"));
        }
        return root.resolve(git.answer("rev-parse", "--git-common-dir").text().strip())
                .normalize()
                .resolve("hooks")
                .resolve(event);
    }
}
