package dev.baton.asl.internal;

import dev.baton.asl.StateMachineType;
import dev.baton.asl.service.Integration;
import dev.baton.asl.service.ServiceModel;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.name.NearestName;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The checks of what tasks call: ARNs, service integrations and the patterns that these have.
final class ResourceChecks {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[A-Za-z0-9_.:-]+}");
    private static final Pattern ARN =
            Pattern.compile("arn:[a-z][a-z0-9-]*:([a-z0-9-]+):([A-Za-z0-9-]*):([A-Za-z0-9-]*):(\\S+)");
    private static final Pattern INTEGRATION = Pattern.compile("arn:[a-z][a-z0-9-]*:states:[a-z0-9-]*:[0-9]*:(\\S+)");
    private static final Pattern SDK_ACTION = Pattern.compile("aws-sdk:[a-z0-9-]+:[a-z][A-Za-z0-9]*");
    private static final String SDK = "aws-sdk:";

    /// Services of the SDK that the service does not call.
    private static final Set<String> NOT_CALLED = Set.of("apigatewaymanagementapi");

    private ResourceChecks() {}

    static ValueCheck task() {
        return (visit, node, place) -> {
            var text = DeployTime.text(node.value());
            if (text == null) {
                visit.problems().type(place, "a string", node.value());
                return;
            }
            task(visit, text, place);
        };
    }

    /// A resource of exactly one of the named integrations, as item readers and result writers have.
    static ValueCheck oneOf(String... integrations) {
        var known = Set.of(integrations);
        return (visit, node, place) -> {
            if (!(node.value() instanceof String text)) {
                visit.problems().type(place, "a string", node.value());
                return;
            }
            var integration = INTEGRATION.matcher(filled(text));
            if (!text.matches(PLACEHOLDER.pattern())
                    && (!integration.matches() || !known.contains(integration.group(1)))) {
                visit.problems()
                        .integration(
                                place,
                                text,
                                "here it is one of "
                                        + Stream.of(integrations)
                                                .map(each -> "arn:aws:states:::" + each)
                                                .collect(Collectors.joining(", ")));
            }
        };
    }

    private static void task(CheckContext visit, String text, DefinitionPlace place) {
        if (PLACEHOLDER.matcher(text).matches()) {
            return;
        }
        var arn = ARN.matcher(filled(text));
        if (!arn.matches()) {
            visit.problems().arn(place, text);
        } else if (arn.group(1).equals("states")) {
            if (arn.group(4).startsWith("activity:")) {
                if (visit.type() == StateMachineType.EXPRESS) {
                    visit.problems().expressActivity(place);
                }
            } else {
                integration(visit, text, arn.group(4), place);
            }
        }
    }

    private static void integration(CheckContext visit, String text, String called, DefinitionPlace place) {
        var dot = called.indexOf('.');
        var action = dot < 0 ? called : called.substring(0, dot);
        var pattern = dot < 0 ? "" : called.substring(dot);
        if (visit.type() == StateMachineType.EXPRESS && !pattern.isEmpty()) {
            visit.problems().expressPattern(place, pattern);
            return;
        }
        if (action.startsWith(SDK)) {
            sdk(visit, text, action, pattern, place);
            return;
        }
        var integration = Integration.named(action);
        if (integration == null) {
            visit.problems().integration(place, text, "no optimized integration is called " + action);
        } else if (!pattern.isEmpty() && !integration.patterns().contains(pattern)) {
            visit.problems().pattern(place, text, pattern);
        }
    }

    /// The action that a resource calls, such as `lambda:invoke` or `aws-sdk:s3:getObject`; null where it is not an
    /// integration.
    static @Nullable String called(String resource) {
        var integration = INTEGRATION.matcher(resource);
        return integration.matches() ? integration.group(1).replaceFirst("\\..*", "") : null;
    }

    private static void sdk(CheckContext visit, String text, String action, String pattern, DefinitionPlace place) {
        if (!SDK_ACTION.matcher(action).matches()) {
            visit.problems()
                    .integration(
                            place, text, "an SDK integration is aws-sdk:service:action, with the action in camelCase");
        } else if (NOT_CALLED.contains(action.split(":", -1)[1])) {
            visit.problems().integration(place, text, "Step Functions does not call this service");
        } else if (!pattern.isEmpty() && !pattern.equals(".waitForTaskToken")) {
            visit.problems().pattern(place, text, pattern);
        } else {
            sdkAction(visit, text, action, place);
        }
    }

    private static void sdkAction(CheckContext visit, String text, String action, DefinitionPlace place) {
        var parts = action.split(":", -1);
        var model = ServiceModel.of(parts[1]).orElse(null);
        if (model == null) {
            visit.problems().integration(place, text, "the SDK has no service " + parts[1]);
        } else if (model.operation(parts[2]).isEmpty()) {
            var near = NearestName.to(
                    parts[2], model.operations(), model.operations().size());
            visit.problems()
                    .integration(
                            place,
                            text,
                            parts[1] + " has no operation " + parts[2]
                                    + near.map(name -> "; the nearest is " + name)
                                            .orElse(""));
        }
    }

    /// Placeholders stand for something that fits.
    private static String filled(String text) {
        return PLACEHOLDER.matcher(text).replaceAll("x");
    }
}
