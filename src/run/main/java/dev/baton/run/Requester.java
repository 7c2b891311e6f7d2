package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who asks for something: a person, a role's session, or what happened.
///
/// @param kind which of them
/// @param id of a person the name of the identity provider and of the person in it (`okta:ada@example.com`), of a role
///     or user its ARN (`arn:aws:iam::111111111111:role/data-owners`), of an event its [EventKind]'s word, behind a
///     colon what it was about where one must be told from another (`completion:weather`)
/// @param teams whose member a person or a role is; of an event none
/// @param session of a role, as CloudTrail names it
/// @param grant the id of the rights for a while under which a person asks; empty where they ask as themselves
public record Requester(
        Kind kind, String id, SortedSet<String> teams, Optional<String> session, Optional<String> grant) {

    public Requester {
        teams = Collections.unmodifiableSortedSet(new TreeSet<>(teams));
    }

    /// Somebody who asks as themselves.
    public Requester(Kind kind, String id, SortedSet<String> teams, Optional<String> session) {
        this(kind, id, teams, session, Optional.empty());
    }

    /// What asks.
    public enum Kind {
        /// Whoever an identity provider's token is about.
        PERSON("person"),
        /// A role's session or a user of IAM.
        ROLE("role"),
        /// An upload, a completion, a tick.
        EVENT("event"),
        /// Nobody is known: the execution was started past the start function, or by an older one.
        UNKNOWN("unknown");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// As it stands in JSON.
        public String word() {
            return word;
        }

        private static Kind of(StrictFields fields) {
            var word = fields.string("kind");
            for (var kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new InvalidInput("\"kind\" of who asks must be person, role, event or unknown, but was " + word);
        }
    }

    /// What happens without anybody who asks.
    public enum EventKind {
        UPLOAD,
        COMPLETION,
        SCHEDULE,
        SWEEP,
        RECOVERY;

        /// As it stands in ids.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Nobody that is known.
    public static final Requester NOBODY = new Requester(Kind.UNKNOWN, "", new TreeSet<>(), Optional.empty());

    /// Whoever a token is about.
    ///
    /// @param provider the name that the environment has for the identity provider
    public static Requester person(String provider, String name, Collection<String> teams) {
        return new Requester(Kind.PERSON, provider + ":" + name, new TreeSet<>(teams), Optional.empty());
    }

    /// A role's session, or a user of IAM, who has none.
    public static Requester role(String arn, @Nullable String session, Collection<String> teams) {
        return new Requester(Kind.ROLE, arn, new TreeSet<>(teams), Optional.ofNullable(session));
    }

    /// What happened.
    public static Requester event(EventKind what) {
        return new Requester(Kind.EVENT, what.word(), new TreeSet<>(), Optional.empty());
    }

    /// What happened to something, such as the completion of a pipeline.
    public static Requester event(EventKind what, String about) {
        return new Requester(Kind.EVENT, what.word() + ":" + about, new TreeSet<>(), Optional.empty());
    }

    /// The same, of no team: who it was, and no more.
    public Requester withoutTeams() {
        return teams.isEmpty() ? this : new Requester(kind, id, new TreeSet<>(), session, grant);
    }

    /// The same person, who asks under rights for a while.
    ///
    /// @param request the id of the request that was granted
    public Requester under(String request) {
        return new Requester(kind, id, teams, session, Optional.of(request));
    }

    /// As messages and reports name it: `okta:ada@example.com`, `an upload`.
    public String shown() {
        return switch (kind) {
            case PERSON -> id;
            case ROLE -> session.map(name -> id + "/" + name).orElse(id);
            case EVENT -> "event " + id;
            case UNKNOWN -> "somebody unknown";
        };
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", kind.word());
        json.put("id", id);
        json.put("teams", List.copyOf(teams));
        session.ifPresent(name -> json.put("session", name));
        grant.ifPresent(request -> json.put("grant", request));
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what [#toJson] makes
    public static Requester of(StrictFields fields) {
        return new Requester(
                Kind.of(fields),
                fields.string("id"),
                new TreeSet<>(fields.stringList("teams")),
                fields.maybeString("session"),
                fields.maybeString("grant"));
    }
}
