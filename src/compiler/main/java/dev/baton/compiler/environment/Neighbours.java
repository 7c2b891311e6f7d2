package dev.baton.compiler.environment;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// The environments in one AWS: what environments that lie in one AWS must not have in common.
///
/// Where they differ in their prefix, so do all names that Baton makes up. Names that the file says are left: of
/// buckets, queues and identity providers.
///
/// A bucket of two is refused, also one that only uploads come to. Its policy lets nobody write outputs and records but
/// the roles under one path, so each deployment would shut out the other; its notifications are one setting; and one
/// upload would start a run in each.
final class Neighbours {
    private final Function<String, Location> places;
    private final List<Diagnostic> findings = new ArrayList<>();

    private Neighbours(Function<String, Location> places) {
        this.places = places;
    }

    /// @param places where an environment stands in the file
    static List<Diagnostic> check(List<Environment> environments, Function<String, Location> places) {
        var neighbours = new Neighbours(places);
        for (var i = 0; i < environments.size(); i++) {
            for (var other : environments.subList(0, i)) {
                neighbours.check(environments.get(i), other);
            }
        }
        environments.forEach(from -> neighbours.told(from, environments));
        return neighbours.findings;
    }

    private void check(Environment one, Environment other) {
        if (!isOneAws(one.place(), other.place())) {
            return;
        }
        if (!one.prefix().equals(other.prefix())) {
            buckets(one, other);
            queues(one, other);
            issuer(one, other);
        } else if (one.place() instanceof Destination.Account account) {
            // Not even in different Regions: roles are the account's.
            findings.add(CompilerFindings.sharedAccount(
                    places.apply(one.name()), one.name(), other.name(), account.id(), one.prefix()));
        }
    }

    private static boolean isOneAws(Destination one, Destination other) {
        return switch (one) {
            case Destination.Account account ->
                other instanceof Destination.Account there && account.id().equals(there.id());
            case Destination.Endpoint endpoint ->
                other instanceof Destination.Endpoint there
                        && endpoint.address().equals(there.address());
            case Destination.Embedded embedded -> other instanceof Destination.Embedded;
        };
    }

    private void buckets(Environment one, Environment other) {
        var state = one.stateBucket().name();
        var theirs = other.stateBucket().name();
        if (state.equals(theirs)) {
            findings.add(CompilerFindings.sharedState(places.apply(one.name()), one.name(), other.name(), state));
        }
        var both = new TreeSet<>(names(one));
        both.retainAll(names(other));
        both.removeIf(bucket -> bucket.equals(state) && bucket.equals(theirs));
        both.forEach(bucket ->
                findings.add(CompilerFindings.sharedData(places.apply(one.name()), one.name(), other.name(), bucket)));
    }

    private static List<String> names(Environment environment) {
        return all(environment).map(EnvironmentBucket::name).toList();
    }

    private static Stream<EnvironmentBucket> all(Environment environment) {
        return Stream.concat(Stream.of(environment.stateBucket()), environment.buckets().values().stream());
    }

    private void queues(Environment one, Environment other) {
        var both = new TreeSet<>(queues(one));
        both.retainAll(queues(other));
        both.forEach(queue ->
                findings.add(CompilerFindings.queueOfTwo(places.apply(one.name()), one.name(), other.name(), queue)));
    }

    private static List<String> queues(Environment environment) {
        var queues = new ArrayList<String>();
        all(environment).forEach(bucket -> {
            var arn = bucket.notifications();
            if (arn != null && arn.contains(":sqs:")) {
                queues.add(arn);
            }
        });
        return queues;
    }

    private void issuer(Environment one, Environment other) {
        var mine = one.oidc();
        var theirs = other.oidc();
        if (mine != null
                && theirs != null
                && mine.provider() == null
                && theirs.provider() == null
                && mine.issuer().equals(theirs.issuer())) {
            findings.add(
                    CompilerFindings.sharedIssuer(places.apply(one.name()), one.name(), other.name(), mine.issuer()));
        }
    }

    /// An environment hears completions of its own prefix alone. What another account tells it under a different one
    /// would be lost without a word.
    private void told(Environment from, List<Environment> all) {
        for (var bus : from.completions().to()) {
            var there = all.stream().filter(to -> hears(to, bus)).toList();
            if (!there.isEmpty() && there.stream().noneMatch(to -> to.prefix().equals(from.prefix()))) {
                var to = there.getFirst();
                findings.add(
                        CompilerFindings.unheard(places.apply(from.name()), from.name(), bus, to.name(), to.prefix()));
            }
        }
    }

    private static boolean hears(Environment environment, String bus) {
        return environment.place() instanceof Destination.Account account
                && bus.endsWith(":" + account.region() + ":" + account.id() + ":event-bus/" + environment.eventBus());
    }
}
