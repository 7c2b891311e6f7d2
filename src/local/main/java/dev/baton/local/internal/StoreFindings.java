package dev.baton.local.internal;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.json.JsonException;
import java.nio.file.Path;
import java.util.List;

/// Every sentence about what a folder of the embedded AWS holds and cannot be read.
public final class StoreFindings {
    private static final int NAMED = 20;
    private static final String SALVAGE =
            "bring the file back from a copy, or start with --salvage, which reads what it can and sets the rest aside";

    private StoreFindings() {}

    /// A record in the middle of a journal whose checksum is wrong.
    static UnreadableFile damaged(Path journal, long offset, long next) {
        return new UnreadableFile(
                journal,
                error(
                        "LOC001",
                        journal,
                        "the record at byte " + offset + " is damaged, and records that are whole follow it from byte "
                                + next + ": nothing was changed"));
    }

    /// A record that is whole and tells nothing that can be.
    static UnreadableFile senseless(Path journal, long offset, RuntimeException reason) {
        return new UnreadableFile(
                journal,
                error(
                        "LOC002",
                        journal,
                        "the record at byte " + offset + " cannot be understood, though it is whole: " + reason(reason)
                                + ": nothing was changed"),
                offset);
    }

    static UnreadableFile notJson(Path file, JsonException reason) {
        return new UnreadableFile(
                file,
                error(
                        "LOC003",
                        file,
                        "is not JSON at line " + reason.line() + ", column " + reason.column() + ": "
                                + reason.getMessage() + ": nothing was changed"));
    }

    static UnreadableFile misshapen(Path file, String what) {
        return new UnreadableFile(
                file,
                error(
                        "LOC004",
                        file,
                        "does not have the shape that it was written in: " + what + ": nothing was changed"));
    }

    /// What a reader stumbled over, in words.
    private static String reason(RuntimeException reason) {
        var message = reason.getMessage();
        return switch (reason) {
            case ClassCastException other -> "a value has another type than was written there";
            case NullPointerException other -> "something is missing in it";
            case JsonException other -> "it is not JSON";
            case RuntimeException other -> message == null ? "it tells of nothing that can be" : message;
        };
    }

    /// A journal that is not there, or is empty, beside bytes that it must have told of.
    public static UnreadableFile lostJournal(Path journal, int blobs) {
        return new UnreadableFile(
                journal,
                error(
                        "LOC005",
                        journal,
                        "tells of nothing, and " + blobs + " files of objects lie beside it: nothing was changed"));
    }

    /// The last record of a journal, half written when the process or the machine ended.
    static Diagnostic torn(Path journal, long offset, long bytes, Path aside) {
        return Diagnostic.warning(
                "LOC006",
                Location.named(journal.toString()),
                "ended in the middle of a record at byte " + offset + ", which nobody was answered for; the " + bytes
                        + " bytes from there are in " + aside.getFileName(),
                "delete that file when nobody misses anything");
    }

    private static String named(List<String> all) {
        var more = all.size() - NAMED;
        return String.join(", ", all.subList(0, Math.min(NAMED, all.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /// Objects whose bytes are gone.
    ///
    /// @param objects bucket and key of each
    public static Diagnostic missing(Path folder, List<String> objects) {
        return Diagnostic.warning(
                "LOC007",
                Location.named(folder.toString()),
                "has not all bytes of " + objects.size() + (objects.size() == 1 ? " object: " : " objects: ")
                        + named(objects),
                "bring the files back from a copy, or write or delete the objects");
    }

    /// Executions that were running, and of which more is written down than the heap has room for.
    public static Diagnostic tooLong(Path journal, List<String> executions) {
        return Diagnostic.warning(
                "LOC010",
                Location.named(journal.toString()),
                "tells more than the heap has room for of what was running: " + named(executions),
                "start with a larger heap, such as with BATON_JAVA_OPTIONS=-Xmx4g, and they go on");
    }

    /// Functions whose unpacked code is gone.
    public static Diagnostic withoutCode(Path folder, List<String> functions) {
        return Diagnostic.warning(
                "LOC008",
                Location.named(folder.toString()),
                "has no code for " + String.join(", ", functions),
                "upload the code again, such as with baton deploy");
    }

    /// What a start with `--salvage` did.
    static Diagnostic salvaged(Path file, String what, Path aside) {
        return Diagnostic.warning(
                "LOC009",
                Location.named(file.toString()),
                "was salvaged: " + what + "; the file as it was is " + aside,
                "compare what is there with what should be");
    }

    /// Bytes that no object is made of, after `--salvage`.
    public static Diagnostic setAside(Path folder, int files, Path aside) {
        return Diagnostic.warning(
                "LOC009",
                Location.named(folder.toString()),
                "was salvaged: " + files + " files that no object is made of are in " + aside,
                "compare what is there with what should be");
    }

    private static Diagnostic error(String code, Path file, String message) {
        return Diagnostic.error(code, Location.named(file.toString()), message, SALVAGE);
    }
}
