package dev.baton.engine.replay;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Counts of verdicts.
///
/// @param cases how many
/// @param passed with the recorded result
/// @param withCause with the recorded result and cause
/// @param withEvents how many have recorded events
/// @param strict of those, with the recorded result and event types
/// @param deep in which nothing at all differs
public record VerdictCounts(int cases, int passed, int withCause, int withEvents, int strict, int deep) {

    /// The counts of some verdicts.
    public static VerdictCounts of(Collection<Verdict> verdicts) {
        return new VerdictCounts(
                verdicts.size(),
                (int) verdicts.stream().filter(Verdict::pass).count(),
                (int) verdicts.stream().filter(Verdict::cause).count(),
                (int) verdicts.stream()
                        .filter(verdict -> verdict.strict() != null)
                        .count(),
                (int) verdicts.stream()
                        .filter(verdict -> Boolean.TRUE.equals(verdict.strict()))
                        .count(),
                (int) verdicts.stream().filter(Verdict::isDeeplyExact).count());
    }

    /// The counts of each category of recordings, by its name.
    public static Map<String, VerdictCounts> byCategory(Collection<Verdict> verdicts) {
        return verdicts.stream()
                .collect(Collectors.groupingBy(
                        verdict -> verdict.recorded().category(),
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), VerdictCounts::of)));
    }

    /// The share with the recorded result, of 100.
    public double passRate() {
        return rate(passed, cases);
    }

    /// The share with the recorded result and cause, of 100.
    public double causeRate() {
        return rate(withCause, cases);
    }

    /// Of those with recorded events, the share with the recorded result and event types, of 100.
    public double strictRate() {
        return rate(strict, withEvents);
    }

    /// The share in which nothing at all differs, of 100.
    public double deepRate() {
        return rate(deep, cases);
    }

    private static double rate(int part, int whole) {
        return whole == 0 ? 100 : 100.0 * part / whole;
    }

    /// The rates on one line.
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%4d cases: pass %6.2f %%, with cause %6.2f %%, strict %6.2f %% of %d",
                cases,
                passRate(),
                causeRate(),
                strictRate(),
                withEvents);
    }
}
