package dev.baton.policy;

import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.DateTime;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.baton.name.Arn;
import dev.baton.run.Requester;
import dev.baton.task.InvalidInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The entities that a question is about, as the schema has them.
///
/// @param principal who asks
/// @param resource what for
/// @param all these and what they are in
record CedarEntities(EntityUID principal, EntityUID resource, Set<Entity> all) {

    /// @param governed the facts of the pipeline that is asked about
    static CedarEntities of(PolicyQuestion question, GovernedPipeline governed) {
        var all = new HashSet<Entity>();
        var environment = uid("Environment", question.environment());
        all.add(new Entity(environment, owner(governed.environmentOwner()), Set.of()));
        var resource = switch (question.resource()) {
            case PolicyResource.OfEnvironment any -> environment;
            case PolicyResource.OfPipeline any -> pipeline(governed, environment, all);
            case PolicyResource.OfTask task -> task(task, governed, pipeline(governed, environment, all), all);
        };
        return new CedarEntities(principal(question.requester(), all), resource, all);
    }

    static EntityUID action(PolicyAction action) {
        return uid("Action", action.word());
    }

    private static EntityUID uid(String type, String id) {
        return EntityTypeName.parse("Baton::" + type).orElseThrow().of(id);
    }

    private static EntityUID pipeline(GovernedPipeline governed, EntityUID environment, Set<Entity> all) {
        var uid = uid("Pipeline", governed.pipeline());
        all.add(new Entity(uid, attributes(governed.owner(), governed.approvers()), Set.of(environment)));
        return uid;
    }

    private static EntityUID task(
            PolicyResource.OfTask asked, GovernedPipeline governed, EntityUID pipeline, Set<Entity> all) {
        var task = governed.tasks().get(asked.task());
        if (task == null) {
            throw new InvalidInput("there is no task " + asked.task() + " in the pipeline " + asked.pipeline());
        }
        var uid = uid("Task", asked.id());
        all.add(new Entity(uid, attributes(task.owner(), task.approvers()), Set.of(pipeline)));
        return uid;
    }

    private static Map<String, Value> owner(Optional<String> team) {
        return team.<Map<String, Value>>map(name -> Map.of("owner", uid("Team", name)))
                .orElse(Map.of());
    }

    private static Map<String, Value> attributes(Optional<String> owner, Collection<String> approvers) {
        var attributes = new HashMap<>(owner(owner));
        if (!approvers.isEmpty()) {
            attributes.put(
                    "approvers",
                    new CedarList(approvers.stream()
                            .map(team -> (Value) uid("Team", team))
                            .toList()));
        }
        return attributes;
    }

    private static EntityUID principal(Requester requester, Set<Entity> all) {
        var id = requester.id();
        return switch (requester.kind()) {
            case PERSON -> {
                var colon = id.indexOf(':');
                yield member(
                        uid("Person", id),
                        Map.of(
                                "provider", new PrimString(id.substring(0, Math.max(0, colon))),
                                "name", new PrimString(id.substring(colon + 1))),
                        requester,
                        all);
            }
            case ROLE -> {
                var attributes = new HashMap<String, Value>();
                var arn = Arn.find(id);
                attributes.put("account", new PrimString(arn == null ? "" : arn.account()));
                attributes.put("name", new PrimString(id.substring(id.lastIndexOf('/') + 1)));
                requester.session().ifPresent(session -> attributes.put("session", new PrimString(session)));
                yield member(uid("Role", id), attributes, requester, all);
            }
            case EVENT -> {
                var colon = id.indexOf(':');
                var kind = colon < 0 ? id : id.substring(0, colon);
                Map<String, Value> attributes = Map.of("kind", new PrimString(kind));
                var general = uid("Event", kind);
                all.add(new Entity(general, attributes, Set.of()));
                if (colon < 0) {
                    yield general;
                }
                var uid = uid("Event", id);
                all.add(new Entity(uid, attributes, Set.of(general)));
                yield uid;
            }
            case UNKNOWN -> throw new InvalidInput("nobody is known who asks");
        };
    }

    private static EntityUID member(
            EntityUID uid, Map<String, Value> attributes, Requester requester, Set<Entity> all) {
        var teams = new HashSet<EntityUID>();
        for (var name : requester.teams()) {
            var team = uid("Team", name);
            teams.add(team);
            all.add(new Entity(team));
        }
        all.add(new Entity(uid, attributes, teams));
        return uid;
    }

    /// The context of a question.
    ///
    /// @throws InvalidInput for what the schema does not have
    static Map<String, Value> context(PolicyQuestion question) {
        var context = new HashMap<String, Value>();
        question.context().forEach((name, value) -> context.put(name, value(name, value)));
        return context;
    }

    private static Value value(String name, Object value) {
        return switch (value) {
            case String text when name.equals("at") -> time(text);
            case String text -> new PrimString(text);
            case Boolean bool -> new PrimBool(bool);
            case Long number -> new PrimLong(number);
            case Integer number -> new PrimLong(number.longValue());
            case Collection<?> list -> texts(name, list);
            default -> throw mismatch(name);
        };
    }

    private static Value time(String text) {
        try {
            // Cedar takes milliseconds in three digits, or none.
            return new DateTime(
                    Instant.parse(text).truncatedTo(ChronoUnit.SECONDS).toString());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new InvalidInput("\"at\" of the question must be a time such as 2026-12-01T03:00:00Z");
        }
    }

    private static Value texts(String name, Collection<?> list) {
        List<Value> texts = new ArrayList<>();
        for (var element : list) {
            if (!(element instanceof String text)) {
                throw mismatch(name);
            }
            texts.add(new PrimString(text));
        }
        return new CedarList(texts);
    }

    private static InvalidInput mismatch(String name) {
        return new InvalidInput(
                "\"" + name + "\" of the question must be a text, a whole number, a truth value or a list of texts");
    }
}
