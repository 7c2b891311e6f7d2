package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.Utils.JList;
import dev.baton.jsonata.evaluation.EvaluationContext;
import dev.baton.jsonata.evaluation.EvaluationStoppedException;
import dev.baton.jsonata.evaluation.JsonataException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One evaluation under way: its variables and what is left of its limits.
///
/// Values within are the library's: Java's `null` is *undefined*, `Jsonata.NULL_VALUE` is JSON's null.
final class Evaluation {
    /// The library's functions are shared by all evaluations; this is how they find theirs.
    private static final ThreadLocal<Evaluation> CURRENT = new ThreadLocal<>();

    private static final int TICKS_BETWEEN_LOOKS = 64;

    static final String LIMIT = JsonataException.LIMIT;

    static final String STACK_OVERFLOW = "Stack overflow error: Check for non-terminating recursive function.  "
            + "Consider rewriting as tail-recursive.";

    private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=");
    private static final @Nullable Object[] NONE = {};

    private final Map<String, ? extends @Nullable Object> bindings;
    private final EvaluationContext context;
    private long deadline; // 0: not yet set, for most evaluations end before anybody looks at a clock
    private long millis = Long.MIN_VALUE;
    private int depth;
    private long allocatedBefore;
    private int ticks;
    private @Nullable Object[] locals = NONE;
    private @Nullable ArrayDeque<Integer> partials;
    private @Nullable ArrayDeque<Symbol> comparisons;
    private Set<Symbol> procedures = Set.of();

    Evaluation(Map<String, ? extends @Nullable Object> bindings, EvaluationContext context) {
        this.bindings = bindings;
        this.context = context;
    }

    static Evaluation current() {
        return CURRENT.get();
    }

    /// Makes this the current one, and gives the one that was.
    @Nullable
    Evaluation enter() {
        var outer = CURRENT.get();
        CURRENT.set(this);
        return outer;
    }

    static void leave(@Nullable Evaluation outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    Map<String, ? extends @Nullable Object> bindings() {
        return bindings;
    }

    /// The value of a variable that the expression itself has bound.
    @Nullable
    Object local(int slot) {
        return slot < locals.length ? locals[slot] : null;
    }

    /// Binds a variable of the expression, and gives the value.
    @Nullable
    Object local(int slot, @Nullable Object value) {
        if (slot >= locals.length) {
            locals = Arrays.copyOf(locals, slot + 4);
        }
        locals[slot] = value;
        return value;
    }

    EvaluationContext context() {
        return context;
    }

    /// The time of this evaluation: read once, as JSONata wants it.
    long millis() {
        if (millis == Long.MIN_VALUE) {
            millis = context.clock().millis();
        }
        return millis;
    }

    /// The operator of the comparison under way, which the library does not tell when it fails.
    @Nullable
    String comparison() {
        return comparisons == null || comparisons.isEmpty() ? null : new ExpressionNode(comparisons.peek()).text();
    }

    void watch(Frame frame) {
        procedures = Collections.newSetFromMap(new IdentityHashMap<>());
        frame.setEvaluateEntryCallback(this::entered);
        frame.setEvaluateExitCallback(this::left);
    }

    private void entered(Symbol expression, @Nullable Object input, Frame frame) {
        if (++depth > context.limits().depth()) {
            throw tooDeep();
        }
        tick();
        var node = new ExpressionNode(expression);
        if (node.is("function")) {
            expectFunction(node.procedure());
        } else if (expression.thunk) {
            // A call in tail position: the library makes it later, without coming by here again.
            var call = node.body();
            expectFunction(call == null ? null : call.procedure());
        } else if (node.is("binary") && COMPARISONS.contains(node.text())) {
            if (comparisons == null) {
                comparisons = new ArrayDeque<>();
            }
            comparisons.push(expression);
        } else if (node.is("lambda")) {
            EvaluationBounds.checkSignature(node.signature());
        } else if (node.is("partial")) {
            if (partials == null) {
                partials = new ArrayDeque<>();
            }
            partials.push(node.arguments().size());
        }
    }

    private void left(Symbol expression, @Nullable Object input, Frame frame, @Nullable Object result) {
        depth--;
        if (comparisons != null && comparisons.peek() == expression) {
            comparisons.pop();
        }
        if (partials != null && !partials.isEmpty() && new ExpressionNode(expression).is("partial")) {
            partials.pop();
        }
        if (procedures.contains(expression)) {
            refuseNonFunction(expression, result);
        }
        if (result instanceof String string) {
            checkLength(string.length());
            tick(string.length() >> 6);
        } else if (result instanceof List<?> list) {
            checkElements(list.size());
            tick(list.size() >> 4);
        }
    }

    /// The number of arguments that the innermost partial application under way writes down; what it does not mention
    /// is not left open.
    int partialArguments() {
        return partials == null || partials.isEmpty() ? Integer.MAX_VALUE : partials.peek();
    }

    private void expectFunction(@Nullable ExpressionNode procedure) {
        if (procedure != null) {
            procedures.add(procedure.symbol());
        }
    }

    /// The library would find out as well, but tells standard output first.
    private static void refuseNonFunction(Symbol procedure, @Nullable Object result) {
        var value = result instanceof JList<?> list && list.sequence && list.size() <= 1
                ? (list.isEmpty() ? null : list.getFirst())
                : result;
        // Nothing at all is refused by the library, with the right words.
        if (value != null && !isFunction(value)) {
            var node = new ExpressionNode(procedure);
            throw new JException("T1006", node.position(), node.text());
        }
    }

    static boolean isFunction(@Nullable Object value) {
        return com.dashjoin.jsonata.Utils.isFunction(value)
                || value instanceof Symbol
                || value instanceof Pattern
                || value instanceof com.dashjoin.jsonata.Jsonata.JLambda;
    }

    /// To be called in every loop whose length the expression's author decides.
    void tick() {
        tick(1);
    }

    /// @param weight how many usual steps it is worth
    void tick(int weight) {
        ticks += weight;
        if (ticks < TICKS_BETWEEN_LOOKS) {
            return;
        }
        ticks = 0;
        look();
    }

    private void look() {
        if (context.stopped().getAsBoolean()) {
            throw new EvaluationStoppedException();
        }
        var now = System.nanoTime();
        if (deadline == 0) {
            begin(now);
        } else if (now - deadline > 0) {
            throw tooLong();
        } else if (AllocatedBytes.now() - allocatedBefore > context.limits().allocation()) {
            throw tooLarge();
        }
    }

    private void begin(long now) {
        deadline = now + context.limits().time().toNanos();
        allocatedBefore = AllocatedBytes.now();
        var shared = context.expenditure();
        if (shared == null) {
            return;
        }
        if (shared.hasBegun()) {
            deadline = shared.deadline();
            allocatedBefore = shared.allocatedBefore();
        } else {
            shared.begin(deadline, allocatedBefore);
        }
    }

    void checkLength(long length) {
        if (length > context.limits().stringLength()) {
            throw tooLarge();
        }
    }

    void checkElements(long elements) {
        if (elements > context.limits().elements()) {
            throw tooLarge();
        }
    }

    static JException tooLong() {
        return new JException("Expression evaluation timeout: Check for infinite loop", -1);
    }

    static JException tooLarge() {
        return new JException("Expression evaluation memory limit exceeded: Check for excessive memory usage", -1);
    }

    JException tooDeep() {
        return new JException(STACK_OVERFLOW, -1);
    }
}
