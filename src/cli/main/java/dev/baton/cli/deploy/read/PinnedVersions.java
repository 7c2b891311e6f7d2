package dev.baton.cli.deploy.read;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/// The versions of functions and of child machines, the revisions of task definitions and the roles that definitions
/// name.
public final class PinnedVersions {
    private static final Pattern FUNCTION = Pattern.compile(":function:([A-Za-z0-9_-]+):([0-9]+)$");
    private static final Pattern MACHINE = Pattern.compile("arn:[^:]+:states:[^:]+:[^:]+:stateMachine:[^:]+:[0-9]+");
    private static final Pattern TASK = Pattern.compile("arn:[^:]+:ecs:[^:]+:[^:]+:task-definition/[^:]+:[0-9]+");
    private static final Pattern ROLE = Pattern.compile("arn:[^:]+:iam::[^:]+:role/.+");
    private static final String LATEST = "$LATEST";

    private final TreeMap<String, TreeSet<String>> versions = new TreeMap<>();
    private final TreeSet<String> machines = new TreeSet<>();
    private final TreeSet<String> tasks = new TreeSet<>();
    private final TreeSet<String> roles = new TreeSet<>();

    /// @param definitions in the Amazon States Language, as deployed
    public PinnedVersions(String... definitions) {
        for (var definition : definitions) {
            collect(EndpointDocuments.object("the definition of a state machine", definition));
        }
    }

    /// The versions that definitions name, or those of the child machines that they start, and of the children of
    /// these.
    public static PinnedVersions reached(SfnClient states, Collection<String> definitions) {
        var reached = new PinnedVersions(definitions.toArray(String[]::new));
        var left = new ArrayDeque<>(reached.machines);
        while (!left.isEmpty()) {
            var version = left.removeFirst();
            try {
                var named = new PinnedVersions(states.describeStateMachine(request -> request.stateMachineArn(version))
                        .definition());
                named.versions.forEach((function, numbers) -> reached.versions
                        .computeIfAbsent(function, name -> new TreeSet<>())
                        .addAll(numbers));
                reached.tasks.addAll(named.tasks);
                reached.roles.addAll(named.roles);
                named.machines.stream().filter(reached.machines::add).forEach(left::add);
            } catch (StateMachineDoesNotExistException e) {
                // A version that somebody took away names nothing any more.
            }
        }
        return reached;
    }

    /// The one version of a function that is named; `$LATEST` where none is.
    public String of(String function) {
        var named = versions.get(function);
        return named == null ? LATEST : named.getFirst();
    }

    /// All that are named, by function.
    public Map<String, ? extends Set<String>> all() {
        return versions;
    }

    /// The number of the one version of a child machine that is named; nothing where none is.
    ///
    /// @param machine its ARN, without version
    public Optional<String> ofMachine(String machine) {
        var prefix = machine + ":";
        return machines.stream()
                .filter(version -> version.startsWith(prefix))
                .map(version -> version.substring(prefix.length()))
                .findFirst();
    }

    /// The ARNs of all versions of child machines that are named.
    public SortedSet<String> machines() {
        return Collections.unmodifiableSortedSet(machines);
    }

    /// The ARNs of all revisions of task definitions that are named.
    public SortedSet<String> taskDefinitions() {
        return Collections.unmodifiableSortedSet(tasks);
    }

    /// The ARNs of all roles that are named.
    public SortedSet<String> roles() {
        return Collections.unmodifiableSortedSet(roles);
    }

    private void collect(@Nullable Object value) {
        switch (value) {
            case Map<?, ?> object -> object.values().forEach(this::collect);
            case List<?> list -> list.forEach(this::collect);
            case String text -> {
                var match = FUNCTION.matcher(text);
                if (match.find()) {
                    versions.computeIfAbsent(match.group(1), name -> new TreeSet<>())
                            .add(match.group(2));
                } else if (MACHINE.matcher(text).matches()) {
                    machines.add(text);
                } else if (TASK.matcher(text).matches()) {
                    tasks.add(text);
                } else if (ROLE.matcher(text).matches()) {
                    roles.add(text);
                }
            }
            case null, default -> {
                // Numbers and the like name no function.
            }
        }
    }
}
