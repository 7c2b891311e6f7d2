package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The checks that an environment demands of the revision that code was built from.
///
/// @param names in the order in which they are told
public record CheckDemand(List<String> names) {
    /// The variable of the start and pin functions that says it: the names, with commas between.
    public static final String VARIABLE = "BATON_DEMANDED_CHECKS";

    /// The demand of nothing.
    public static final CheckDemand NONE = new CheckDemand(List.of());

    private static final Pattern WHOLE = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    public CheckDemand {
        names = List.copyOf(names);
    }

    /// The demand as a variable says it.
    ///
    /// @param variable null where nothing is demanded
    public static CheckDemand of(@Nullable String variable) {
        return variable == null || variable.isEmpty() ? NONE : new CheckDemand(List.of(variable.split(",")));
    }

    /// The demand as [#of] reads it.
    public String variable() {
        return String.join(",", names);
    }

    /// What a revision lacks, as the end of a sentence about the code; nothing where it has all.
    ///
    /// @param read the content of an object of the state bucket by its key, null where it is not there
    public Optional<String> lack(SourceRevision revision, Function<String, byte @Nullable []> read) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        if (!WHOLE.matcher(revision.id()).matches()) {
            return Optional.of("is " + revision + ", of which no check can be recorded");
        }
        if (revision.dirty()) {
            return Optional.of("was built from " + revision + ", which no check is of");
        }
        var lacks = new ArrayList<String>();
        for (var name : names) {
            lack(name, read.apply(StateKeys.check(revision.system(), revision.id(), name)))
                    .ifPresent(lacks::add);
        }
        return lacks.isEmpty()
                ? Optional.empty()
                : Optional.of("was built from " + revision + " (" + revision.system() + "), of which "
                        + String.join(", and ", lacks));
    }

    private static Optional<String> lack(String name, byte @Nullable [] content) {
        if (content == null) {
            return Optional.of("the check " + name + " is not recorded");
        }
        try {
            var check = RevisionCheck.parse(content);
            return check.hasPassed()
                    ? Optional.empty()
                    : Optional.of("the check " + name + " failed, says " + check.by() + " at " + check.at());
        } catch (InvalidInput e) {
            return Optional.of("the check " + name + " cannot be read: " + e.getMessage());
        }
    }
}
