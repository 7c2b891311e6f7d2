package dev.baton.run.decision;

import dev.baton.run.PinnedObject;
import dev.baton.run.Reason;
import java.util.List;
import java.util.Locale;

/// A cause for which a task runs.
public sealed interface Cause {
    /// An identity that is longer is a checksum.
    int LONGEST_WORD = 60;

    /// So much of a checksum is told: its kind and some digits.
    int SHOWN_OF_CHECKSUM = 15;

    /// Somebody wants the task to run, be it fresh or not.
    ///
    /// @param by who, as a sentence names them
    record Forced(String by) implements Cause {}

    /// There is neither the output nor a record of one.
    record NeverMade() implements Cause {}

    /// The output was made and is not there any more.
    ///
    /// @param uri logical
    /// @param run the run that made it
    record OutputMissing(String uri, String run) implements Cause {}

    /// The output is there, and is not what was made.
    ///
    /// @param uri logical
    /// @param made the version that was made
    /// @param found the version that is there
    record OutputChanged(String uri, String made, String found) implements Cause {}

    /// The output is there, and nobody recorded what it was made from.
    ///
    /// @param uri logical
    record Unrecorded(String uri) implements Cause {}

    /// The task's code is another.
    ///
    /// @param changes where it differs; empty where the record does not say what the code was made of
    /// @param between the revisions as a sentence has them, `between 4f2a91c and 81bd0e7 (hg)`; may be empty
    record CodeChanged(List<CodeChange> changes, String between) implements Cause {
        public CodeChanged {
            changes = List.copyOf(changes);
        }
    }

    /// A value that the output depends on besides is another.
    ///
    /// @param name of the value
    /// @param before empty where it was not there
    /// @param now empty where it is not there any more
    record ConfigurationChanged(String name, String before, String now) implements Cause {}

    /// What the task reads beyond its inputs is another, as the author identifies it.
    ///
    /// @param name the author's
    /// @param before empty where it had no identity
    /// @param now empty where it has none any more
    record UseChanged(String name, String before, String now) implements Cause {}

    /// An input has another content.
    ///
    /// @param name of the input
    record InputChanged(String name, PinnedObject before, PinnedObject now) implements Cause {}

    /// An input that was not read before.
    ///
    /// @param name of the input
    record InputAdded(String name) implements Cause {}

    /// An input that is not read any more.
    ///
    /// @param uri logical
    record InputLeft(String uri) implements Cause {}

    /// Nothing of what is compared differs, and the fingerprint does: another version of Baton made it.
    record OtherBaton() implements Cause {}

    /// The kind, as JSON and tables have it.
    default String kind() {
        return switch (this) {
            case Forced forced -> "forced";
            case NeverMade() -> "never-made";
            case OutputMissing missing -> "output-missing";
            case OutputChanged changed -> "output-changed";
            case Unrecorded unrecorded -> "unrecorded";
            case CodeChanged code -> "code";
            case ConfigurationChanged configuration -> "configuration";
            case UseChanged use -> "use";
            case InputChanged changed -> "input";
            case InputAdded added -> "input";
            case InputLeft left -> "input";
            case OtherBaton() -> "baton";
        };
    }

    /// The cause as the end of a sentence that begins with the task and a colon.
    default String text() {
        return switch (this) {
            case Forced(var by) -> "forced by " + by;
            case NeverMade() -> "its output was never made";
            case OutputMissing(var uri, var run) ->
                "its output " + uri + ", which run " + run + " made, is not there any more";
            case OutputChanged(var uri, var made, var found) ->
                "its output " + uri + " was changed by another hand"
                        + (made.equals(found) ? "" : ": version " + made + " was made, and " + found + " is there");
            case Unrecorded(var uri) -> "its output " + uri + " is there, but no record says what it was made from";
            case CodeChanged(var changes, var between) ->
                (changes.isEmpty() ? "its code changed" : CodeChange.text(changes))
                        + (between.isEmpty() ? "" : " " + between);
            case ConfigurationChanged(var name, var before, var now) -> "its " + name + values(before, now);
            case UseChanged(var name, var before, var now) ->
                "what it uses as " + name + values(shown(before), shown(now));
            case InputChanged(var name, var before, var now) -> "its input " + name + " changed" + sizes(before, now);
            case InputAdded(var name) -> "its input " + name + " is new";
            case InputLeft(var uri) -> "it does not read " + uri + " any more";
            case OtherBaton() -> "another version of Baton made it";
        };
    }

    /// The cause as a completion record keeps it.
    default Reason reason() {
        return new Reason(kind(), text());
    }

    private static String values(String before, String now) {
        if (before.isEmpty()) {
            return " is new: " + now;
        }
        return now.isEmpty() ? " is gone: it was " + before : " changed from " + before + " to " + now;
    }

    /// The beginning of what is a checksum rather than a word.
    private static String shown(String identity) {
        return identity.length() <= LONGEST_WORD ? identity : identity.substring(0, SHOWN_OF_CHECKSUM);
    }

    /// Versions are left out: before an upload there is none, and the sentence is to be the same after it.
    private static String sizes(PinnedObject before, PinnedObject now) {
        return before.size() == now.size()
                ? String.format(Locale.ROOT, ", %,d bytes as before", now.size())
                : String.format(Locale.ROOT, " from %,d to %,d bytes", before.size(), now.size());
    }
}
