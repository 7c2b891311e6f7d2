package dev.baton.run.decision;

import dev.baton.run.CompletionRecord;
import dev.baton.run.PinnedObject;
import dev.baton.run.SourceRevision;
import dev.baton.task.CompleteWhen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The decision whether a task runs, with its causes.
public sealed interface TaskDecision {
    /// An id of a revision is told by so many of its digits.
    int SHOWN = 7;

    /// The output is there and is what the task would make.
    ///
    /// @param notes what is worth knowing though nothing is to be done, each the end of a sentence
    record Fresh(Standing standing, List<String> notes) implements TaskDecision {
        public Fresh {
            notes = List.copyOf(notes);
        }
    }

    /// The way in which it is known of an output that it is right.
    enum Standing {
        /// The record is about this very version.
        RECORDED,
        /// It bears the mark of what it would be made from, and no record is about this version.
        MARKED,
        /// It is there, and nothing else is asked.
        FOUND
    }

    /// The task has to run.
    ///
    /// @param causes at least one
    record Due(List<Cause> causes) implements TaskDecision {
        public Due {
            causes = List.copyOf(causes);
        }
    }

    /// Decides about a task that somebody may want to run, be it fresh or not.
    ///
    /// @param forcedBy who wants it, null where nobody does
    static TaskDecision of(
            Basis basis,
            String uri,
            @Nullable FoundOutput found,
            @Nullable CompletionRecord record,
            @Nullable String forcedBy) {
        var decision = of(basis, uri, found, record);
        if (forcedBy == null) {
            return decision;
        }
        var causes = new ArrayList<Cause>();
        causes.add(new Cause.Forced(forcedBy));
        if (decision instanceof Due due) {
            causes.addAll(due.causes());
        }
        return new Due(causes);
    }

    /// Decides.
    ///
    /// @param basis what the output would be made from
    /// @param uri of the output, logical
    /// @param found the output, null where none is there
    /// @param record of how it was made, null where there is none
    static TaskDecision of(Basis basis, String uri, @Nullable FoundOutput found, @Nullable CompletionRecord record) {
        var fingerprint = basis.fingerprint();
        if (found != null) {
            var standing = standing(fingerprint, found, record);
            if (CompleteWhen.Rule.of(basis.taskClass()) == CompleteWhen.Rule.EXISTS) {
                return new Fresh(standing, List.of("its output is there, which is all that it asks for"));
            }
            if (standing != Standing.FOUND) {
                return new Fresh(standing, remade(basis, record));
            }
        }
        var causes = new ArrayList<Cause>();
        if (record == null) {
            causes.add(found == null ? new Cause.NeverMade() : new Cause.Unrecorded(uri));
            return new Due(causes);
        }
        if (found == null) {
            causes.add(new Cause.OutputMissing(uri, record.run()));
        } else if (isForeign(record, found)) {
            causes.add(new Cause.OutputChanged(uri, record.output().version(), found.version()));
        }
        if (!record.fingerprint().equals(fingerprint)) {
            differences(basis, record, causes);
        }
        if (causes.isEmpty()) {
            causes.add(new Cause.OtherBaton());
        }
        return new Due(causes);
    }

    /// The decision as a sentence about a task: `Tables seattle 2012 ran: class Csv changed`.
    ///
    /// @param due the verb for what has to run, `ran` or `would run`
    default String about(String task, String due) {
        return switch (this) {
            case Fresh(var standing, var notes) -> fresh(task, notes);
            case Due(var causes) -> task + " " + due + ": " + text(causes);
        };
    }

    /// The sentence about a task that is fresh.
    static String fresh(String task, List<String> notes) {
        return task + " is fresh" + (notes.isEmpty() ? "" : ": " + String.join("; ", notes));
    }

    /// Causes as the end of a sentence.
    static String text(List<Cause> causes) {
        return causes.stream().map(Cause::text).collect(Collectors.joining("; "));
    }

    private static Standing standing(String fingerprint, FoundOutput found, @Nullable CompletionRecord record) {
        var isMarked = fingerprint.equals(found.fingerprint());
        if (record != null
                && record.fingerprint().equals(fingerprint)
                && record.output().version().equals(found.version())
                && (found.isVersioned() || isMarked)) {
            return Standing.RECORDED;
        }
        return isMarked ? Standing.MARKED : Standing.FOUND;
    }

    private static boolean isForeign(CompletionRecord record, FoundOutput found) {
        return found.isVersioned()
                ? !record.output().version().equals(found.version())
                : !record.fingerprint().equals(found.fingerprint());
    }

    /// The causes for which an output was made that bears the mark of a basis and that no record tells of: those that
    /// can still be seen.
    ///
    /// @param record of how the output before it was made, null where there is none
    /// @param forcedBy who wanted it to be made, null where nobody did
    static List<Cause> madeFor(Basis basis, @Nullable CompletionRecord record, @Nullable String forcedBy) {
        var causes = new ArrayList<Cause>();
        if (forcedBy != null) {
            causes.add(new Cause.Forced(forcedBy));
        }
        if (record == null) {
            causes.add(new Cause.NeverMade());
        } else if (!record.fingerprint().equals(basis.fingerprint())) {
            differences(basis, record, causes);
        }
        return causes;
    }

    private static void differences(Basis basis, CompletionRecord record, List<Cause> causes) {
        var before = causes.size();
        if (!record.codeHash().equals(basis.codeHash())) {
            var changes = record.code().isEmpty()
                    ? List.<CodeChange>of()
                    : CodeChange.between(record.code(), basis.codeParts().get());
            causes.add(new Cause.CodeChanged(changes, between(record.revision(), basis.revision())));
        }
        configuration(record.configuration(), basis.configuration(), causes);
        inputs(basis, record, causes);
        if (causes.size() == before) {
            causes.add(new Cause.OtherBaton());
        }
    }

    private static void configuration(Map<String, String> before, Map<String, String> now, List<Cause> causes) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (var name : names) {
            var old = before.getOrDefault(name, "");
            var current = now.getOrDefault(name, "");
            if (!old.equals(current)) {
                causes.add(
                        UsedIdentities.is(name)
                                ? new Cause.UseChanged(UsedIdentities.name(name), old, current)
                                : new Cause.ConfigurationChanged(name, old, current));
            }
        }
    }

    private static void inputs(Basis basis, CompletionRecord record, List<Cause> causes) {
        var before = byUri(record);
        for (var input : basis.inputs()) {
            var old = before.remove(input.object().uri());
            if (old == null) {
                causes.add(new Cause.InputAdded(input.name()));
            } else if (!old.identity().equals(input.object().identity())) {
                causes.add(new Cause.InputChanged(input.name(), old, input.object()));
            }
        }
        before.keySet().forEach(uri -> causes.add(new Cause.InputLeft(uri)));
    }

    /// Inputs of which there is another version with the same content.
    private static List<String> remade(Basis basis, @Nullable CompletionRecord record) {
        if (record == null) {
            return List.of();
        }
        var before = byUri(record);
        var notes = new ArrayList<String>();
        for (var input : basis.inputs()) {
            var old = before.get(input.object().uri());
            if (old != null && !old.version().equals(input.object().version())) {
                notes.add("its input " + input.name() + " was made anew with the same bytes");
            }
        }
        return notes;
    }

    private static Map<String, PinnedObject> byUri(CompletionRecord record) {
        var inputs = new LinkedHashMap<String, PinnedObject>();
        record.inputs().forEach(input -> inputs.put(input.uri(), input));
        return inputs;
    }

    private static String between(SourceRevision before, SourceRevision now) {
        if (before.id().isEmpty() || now.id().isEmpty()) {
            return "";
        }
        if (before.id().equals(now.id())) {
            return now.dirty() || before.dirty() ? "in what " + shown(now) + " does not have" : "";
        }
        return "between " + shown(before) + " and " + shown(now) + " (" + now.system() + ")";
    }

    private static String shown(SourceRevision revision) {
        var id = revision.id();
        return id.substring(0, Math.min(SHOWN, id.length())) + (revision.dirty() ? " with uncommitted changes" : "");
    }
}
