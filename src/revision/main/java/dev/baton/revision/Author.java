package dev.baton.revision;

/// The author of a revision, as the repository says it.
///
/// @param name may be empty
/// @param mail may be empty
public record Author(String name, String mail) {

    /// Of Mercurial's one line, `Ada Lovelace <ada@example.org>`.
    static Author parse(String line) {
        var open = line.lastIndexOf('<');
        var close = line.lastIndexOf('>');
        if (open >= 0 && close > open) {
            return new Author(
                    line.substring(0, open).strip(),
                    line.substring(open + 1, close).strip());
        }
        return line.contains("@") && !line.contains(" ") ? new Author("", line) : new Author(line.strip(), "");
    }

    @Override
    public String toString() {
        return mail.isEmpty() ? name : (name + " <" + mail + ">").strip();
    }
}
