package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The program that a build calls to stamp what it has compiled, in a process of its own: `PROJECT CLASSES`, two
/// folders. Says on standard output what it wrote. Without a repository, or where its program is missing, it takes an
/// older stamp away and says why; a third word, `required`, makes an error of that.
public final class StampCommand {
    private StampCommand() {}

    public static void main(String... words) throws IOException {
        if (words.length < 2) {
            throw new IllegalArgumentException("needs two folders: the project's and that of its classes");
        }
        var required = words.length > 2 && words[2].equals("required");
        System.exit(stamp(Path.of(words[0]), Path.of(words[1]), required, System.out));
    }

    /// @return the exit code
    static int stamp(Path project, Path classes, boolean required, Appendable out) throws IOException {
        var why = "nothing is committed yet";
        try {
            var repository = RepositorySearch.around(project);
            why = repository.isEmpty() ? "no repository of Git or Mercurial is around " + project : why;
            Optional<Revision> revision = repository.flatMap(Repository::workingCopy);
            if (revision.isPresent()) {
                Stamp.write(classes, revision.get());
                out.append(revision.get().toString()).append('\n');
                return 0;
            }
        } catch (DiagnosticException e) {
            why = e.getMessage();
        }
        Stamp.remove(classes);
        out.append("no revision: ").append(why).append('\n');
        return required ? 1 : 0;
    }
}
