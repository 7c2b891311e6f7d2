package dev.baton.local.states;

import dev.baton.asl.StateMachineType;
import dev.baton.name.Arn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A state machine: its newest revision, what was published of it, and the names for that.
final class Machine {
    private static final int MOST_VERSIONS = 1000;
    private static final int MOST_ALIASES = 100;

    private final String arn;
    private final String name;
    private final StateMachineType type;
    private final Instant created;
    private final TreeMap<Integer, MachineVersion> versions = new TreeMap<>();
    private final TreeMap<String, Alias> aliases = new TreeMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private volatile MachineRevision current;
    private volatile boolean deleting;
    private int lastVersion;

    /// The revision and names that an execution starts with.
    record Start(
            Machine machine,
            MachineRevision revision,
            @Nullable String versionArn,
            @Nullable String aliasArn) {}

    Machine(String arn, String name, StateMachineType type, Instant created, MachineRevision current) {
        this.arn = arn;
        this.name = name;
        this.type = type;
        this.created = created;
        this.current = current;
    }

    String arn() {
        return arn;
    }

    String name() {
        return name;
    }

    StateMachineType type() {
        return type;
    }

    Instant created() {
        return created;
    }

    /// Whether it is gone as soon as none of its executions runs.
    boolean isDeleting() {
        return deleting;
    }

    void delete() {
        deleting = true;
    }

    /// The newest, and those that were published.
    synchronized List<MachineRevision> revisions() {
        var all = new ArrayList<MachineRevision>();
        all.add(current);
        versions.values().forEach(version -> all.add(version.revision()));
        return all;
    }

    MachineRevision current() {
        return current;
    }

    /// Takes the revision as the newest, and gives what is the newest then: the one before where nothing changed.
    synchronized MachineRevision update(MachineRevision revision) {
        if (!revision.isSameAs(current)) {
            current = revision;
        }
        return current;
    }

    /// Publishes the newest revision; one that is published already stays the version it is.
    synchronized MachineVersion publish(@Nullable String description, @Nullable String revisionId, Instant now) {
        var newest = current.id() == null ? "INITIAL" : current.id();
        if (revisionId != null && !revisionId.equals(newest)) {
            throw StatesErrors.conflict("Failed to publish the State Machine version for revision " + revisionId
                    + ". The current State Machine revision is " + newest + ".");
        }
        for (var version : versions.values()) {
            if (version.revision() == current) {
                return version;
            }
        }
        if (versions.size() == MOST_VERSIONS) {
            throw StatesErrors.quota("Cannot publish more than " + MOST_VERSIONS + " versions of " + arn);
        }
        var number = ++lastVersion;
        var version = new MachineVersion(number, arn + ":" + number, current, description, now);
        versions.put(number, version);
        return version;
    }

    synchronized int lastVersion() {
        return lastVersion;
    }

    /// Has what was published before a restart.
    synchronized void restore(List<MachineVersion> published, int last) {
        published.forEach(version -> versions.put(version.number(), version));
        lastVersion = last;
    }

    /// The newest first.
    synchronized List<MachineVersion> versions() {
        return new ArrayList<>(versions.descendingMap().values());
    }

    synchronized @Nullable MachineVersion version(String number) {
        try {
            return versions.get(Integer.parseInt(number));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    synchronized void deleteVersion(String number) {
        var version = version(number);
        if (version == null) {
            return;
        }
        var using = aliases.values().stream()
                .filter(alias -> alias.routes().stream()
                        .anyMatch(route -> route.versionArn().equals(version.arn())))
                .map(Alias::name)
                .toList();
        if (!using.isEmpty()) {
            throw StatesErrors.conflict("Version to be deleted must not be referenced by an alias. "
                    + "Current list of aliases referencing this version: [" + String.join(", ", using) + "]");
        }
        versions.remove(version.number());
    }

    synchronized List<Alias> aliases() {
        return new ArrayList<>(aliases.values());
    }

    synchronized @Nullable Alias alias(String alias) {
        return aliases.get(alias);
    }

    synchronized void put(Alias alias) {
        if (aliases.size() == MOST_ALIASES && !aliases.containsKey(alias.name())) {
            throw StatesErrors.quota("Cannot create more than " + MOST_ALIASES + " aliases of " + arn);
        }
        aliases.put(alias.name(), alias);
    }

    synchronized boolean removeAlias(String alias) {
        return aliases.remove(alias) != null;
    }

    /// What an execution starts with that is asked for under an ARN of this machine.
    ///
    /// @throws AwsError `StateMachineDoesNotExist` when there is no such version or alias
    synchronized Start start(StatesArn asked, RandomGenerator random) {
        var qualifier = asked.qualifier();
        if (qualifier.isEmpty()) {
            return new Start(this, current, null, null);
        }
        var version = version(qualifier);
        if (version != null) {
            return new Start(this, version.revision(), version.arn(), null);
        }
        var alias = aliases.get(qualifier);
        if (alias == null) {
            throw StatesErrors.noMachine(asked.text());
        }
        var versionArn = alias.choose(random);
        var routed = version(Arn.last(versionArn));
        if (routed == null) {
            throw StatesErrors.noMachine(versionArn);
        }
        return new Start(this, routed.revision(), routed.arn(), alias.arn());
    }

    synchronized Map<String, String> tags() {
        return new LinkedHashMap<>(tags);
    }

    synchronized void tag(Map<String, String> more) {
        tags.putAll(more);
    }

    synchronized void untag(List<?> keys) {
        keys.forEach(tags::remove);
    }
}
