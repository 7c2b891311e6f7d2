package dev.baton.lambda.generated;

import dev.baton.lambda.generated.TaskSpec.Requirement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/// Makes up pipelines. A seed always gives the same one.
public final class PipelineGenerator {
    private static final String GIVEN = "Given";

    private final Random random;
    private final PipelineShape shape;
    private final String name;
    private final Expressions expressions;
    private final List<Draft> drafts = new ArrayList<>();

    /// A class in the making.
    private record Draft(String name, boolean external, List<Component> components, List<Requirement> requires) {}

    private PipelineGenerator(long seed, PipelineShape shape, String name) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 7);
        this.shape = shape;
        this.name = name;
        this.expressions = new Expressions(random);
    }

    /// The pipeline of a seed, every root of which can be found from the keys of what it needs.
    public static PipelineSpec of(long seed, PipelineShape shape) {
        return of(seed, shape, true);
    }

    /// The pipeline of a seed, some root of which needs something and cannot be found from its keys.
    public static PipelineSpec open(long seed, PipelineShape shape) {
        return of(seed, shape, false);
    }

    private static PipelineSpec of(long seed, PipelineShape shape, boolean findable) {
        for (var attempt = 0; ; attempt++) {
            var spec = new PipelineGenerator(seed + attempt * 1_000_003L, shape, "p" + seed).make();
            if (spec.graph(spec.root(spec.focus().getFirst())).size() > shape.mostNodes()) {
                continue;
            }
            // Conditions repeat: what two years do not show no other year does.
            var open = spec.domain().stream()
                    .limit(2_200)
                    .map(spec::root)
                    .filter(root -> !spec.findable(root))
                    .toList();
            if (findable
                    ? open.isEmpty()
                    : open.stream().anyMatch(root -> !spec.needs(root).isEmpty())) {
                return spec;
            }
        }
    }

    private PipelineSpec make() {
        var domain = new RootDomain(random, random.nextDouble() >= shape.unbounded());
        var root = new Draft("Root", false, domain.components(), new ArrayList<>());
        drafts.add(root);
        // With little else: what all roots need would tell them, whichever way there is besides.
        var either = tellable(root).size() > 1 && random.nextDouble() < shape.either();
        for (var i = either ? random.nextInt(3) / 2 : random.nextInt(shape.mostTasks() + 1); i > 0; i--) {
            task("Mid" + drafts.size());
        }
        var inner = List.copyOf(drafts);
        if (either) {
            either(root);
        }
        var given = domain.bounded() && !tellable(root).isEmpty() && random.nextDouble() < shape.given();
        if (given) {
            given(root);
        }
        var before = drafts.size() - inner.size();
        var externals = before == 0
                ? 1 + random.nextInt(shape.mostExternals())
                : random.nextInt(either ? 2 : shape.mostExternals() - before + 1);
        for (var i = 0; i < externals; i++) {
            external("Ext" + i, inner);
        }
        var specs = drafts.stream().map(this::spec).toList();
        return new PipelineSpec(
                name,
                specs,
                domain.bounded(),
                given ? Optional.of(GIVEN) : Optional.empty(),
                domain.values(),
                domain.focus());
    }

    /// The components that have to be told: there are few values of the others.
    private static List<Integer> tellable(Draft draft) {
        return IntStream.range(0, draft.components().size())
                .filter(i -> draft.components().get(i).kind() != Kind.HUE)
                .boxed()
                .toList();
    }

    /// Some roots need one external that tells two components, the others one for each: there are two ways to them.
    private void either(Draft root) {
        var told = new ArrayList<>(tellable(root));
        Collections.shuffle(told, random);
        var condition = expressions.condition(root.components());
        either(root, "Both", condition, told.subList(0, 2));
        either(root, "One", new Condition.Not(condition), told.subList(0, 1));
        either(root, "Other", new Condition.Not(condition), told.subList(1, 2));
    }

    private void either(Draft root, String className, Condition condition, List<Integer> components) {
        var draft = new Draft(className, true, new ArrayList<>(), new ArrayList<>());
        var arguments = components.stream()
                .<Expression>map(i -> new Expression.Moved(
                        i, root.components().get(i).kind(), random.nextInt(4) == 0 ? 1 : 0))
                .toList();
        add(draft, arguments);
        root.requires().add(new Requirement(className, arguments, condition));
    }

    /// What tells a root only by a number that other roots have too.
    private void given(Draft root) {
        var told = tellable(root);
        var folded = told.get(random.nextInt(told.size()));
        var draft = new Draft(GIVEN, true, new ArrayList<>(), new ArrayList<>());
        var arguments = new ArrayList<Expression>(List.of(new Expression.Folded(folded)));
        for (var i = 0; i < root.components().size(); i++) {
            if (i != folded && random.nextBoolean()) {
                arguments.add(expressions.of(root.components().get(i), i));
            }
        }
        add(draft, arguments);
        root.requires().add(new Requirement(GIVEN, arguments, condition(root)));
    }

    private void add(Draft draft, List<Expression> arguments) {
        for (var argument : arguments) {
            var kind = argument.kind();
            draft.components().add(new Component(kind.noun() + draft.components().size(), kind));
        }
        drafts.add(draft);
    }

    private void task(String className) {
        var parent = drafts.get(random.nextInt(drafts.size()));
        var draft = new Draft(className, false, new ArrayList<>(), new ArrayList<>());
        var arguments = arguments(parent, draft, shape.partial() / 3);
        require(parent, draft, arguments);
        drafts.add(draft);
        share(parent, draft, drafts.subList(0, drafts.size() - 1));
    }

    private void external(String className, List<Draft> inner) {
        // What nothing else hangs on would be a task without inputs.
        var bare = inner.stream()
                .filter(draft -> draft.requires().isEmpty())
                .toList();
        var parents = bare.isEmpty() ? inner : bare;
        var parent = parents.get(random.nextInt(parents.size()));
        var draft = new Draft(className, true, new ArrayList<>(), new ArrayList<>());
        var arguments = arguments(parent, draft, shape.partial());
        require(parent, draft, arguments);
        drafts.add(draft);
        share(parent, draft, inner);
    }

    /// The arguments of a new class, whose components are made up with them.
    private List<Expression> arguments(Draft parent, Draft child, double open) {
        var arguments = new ArrayList<Expression>();
        for (var i = 0; i < parent.components().size(); i++) {
            if (random.nextDouble() >= open) {
                arguments.add(expressions.of(parent.components().get(i), i));
            }
        }
        for (var i = 0; i < arguments.size(); i++) {
            var kind = arguments.get(i).kind();
            child.components().add(new Component(kind.noun() + i, kind));
        }
        return arguments;
    }

    private void require(Draft parent, Draft child, List<Expression> arguments) {
        var condition = condition(parent);
        if (random.nextDouble() >= shape.fans()) {
            parent.requires().add(new Requirement(child.name(), arguments, condition));
            return;
        }
        var moved = arguments.stream()
                .filter(Expression.Moved.class::isInstance)
                .filter(argument -> argument.kind() != Kind.HUE)
                .findFirst();
        if (moved.isPresent() && random.nextBoolean()) {
            window(parent, child, arguments, (Expression.Moved) moved.get(), condition);
        } else {
            hues(parent, child, arguments, condition);
        }
    }

    /// The last few days, months, years or numbers.
    private void window(
            Draft parent, Draft child, List<Expression> arguments, Expression.Moved moved, Condition condition) {
        for (var back = random.nextInt(1, 7); back >= 0; back--) {
            var further = new ArrayList<>(arguments);
            further.set(
                    arguments.indexOf(moved), new Expression.Moved(moved.from(), moved.kind(), moved.by() - back));
            parent.requires().add(new Requirement(child.name(), further, condition));
        }
    }

    /// One for each value of the enum, each with a condition of its own or all with one.
    private void hues(Draft parent, Draft child, List<Expression> arguments, Condition condition) {
        child.components().add(new Component("each", Kind.HUE));
        for (var hue : Hue.values()) {
            var further = new ArrayList<>(arguments);
            further.add(new Expression.Constant(hue, Kind.HUE));
            var own = random.nextInt(4) == 0 ? condition(parent) : condition;
            parent.requires().add(new Requirement(child.name(), further, own));
        }
    }

    /// Lets a second task require the class.
    private void share(Draft parent, Draft child, List<Draft> others) {
        if (random.nextDouble() >= shape.shared()) {
            return;
        }
        var other = others.get(random.nextInt(others.size()));
        var arguments = expressions.matching(other.components(), child.components());
        if (other != parent && other != child && arguments.isPresent()) {
            other.requires().add(new Requirement(child.name(), arguments.get(), condition(other)));
        }
    }

    private Condition condition(Draft parent) {
        return random.nextDouble() < shape.optional()
                ? expressions.condition(parent.components())
                : new Condition.Always();
    }

    private TaskSpec spec(Draft draft) {
        var template = new StringBuilder("s3://lake/" + name + "/" + draft.name().toLowerCase(java.util.Locale.ROOT));
        for (var component : draft.components()) {
            template.append('/')
                    .append(component.kind() == Kind.DAY && random.nextInt(3) == 0
                            ? "{%1$s:yyyy}/{%1$s:MM}/{%1$s:dd}".formatted(component.name())
                            : "{" + component.name() + "}");
        }
        var retries = draft.external() || random.nextDouble() >= shape.retries()
                ? OptionalInt.empty()
                : OptionalInt.of(random.nextInt(4));
        return new TaskSpec(
                draft.name(), draft.external(), draft.components(), template + ".txt", draft.requires(), retries);
    }
}
