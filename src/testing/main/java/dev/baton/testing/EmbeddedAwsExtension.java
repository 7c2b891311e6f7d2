package dev.baton.testing;

import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.http.Account;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Starts an embedded AWS for a test class, which nested classes share, and closes it after the last test.
///
/// It resolves parameters of four types: [EmbeddedAws] itself, [URI] (its endpoint), [AccessKey] (of a user who may
/// do everything) and [Account].
///
/// [EmbeddedAwsTest] registers it as it is. To choose something first, register it by a static field:
///
/// ```java
/// @RegisterExtension
/// static final EmbeddedAwsExtension AWS = EmbeddedAwsExtension.with(aws -> aws.account(account));
/// ```
public final class EmbeddedAwsExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(EmbeddedAwsExtension.class);
    private static final Map<Class<?>, Function<EmbeddedAws, Object>> RESOLVED = Map.of(
            EmbeddedAws.class, aws -> aws,
            URI.class, EmbeddedAws::endpoint,
            AccessKey.class, EmbeddedAws::administrator,
            Account.class, EmbeddedAws::account);

    private final Consumer<EmbeddedAws.Builder> choices;

    /// In memory, on any free port.
    public EmbeddedAwsExtension() {
        this(builder -> {});
    }

    private EmbeddedAwsExtension(Consumer<EmbeddedAws.Builder> choices) {
        this.choices = choices;
    }

    /// With what the builder is told.
    public static EmbeddedAwsExtension with(Consumer<EmbeddedAws.Builder> choices) {
        return new EmbeddedAwsExtension(choices);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        aws(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return RESOLVED.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var part = RESOLVED.get(parameter.getParameter().getType());
        if (part == null) {
            throw new IllegalArgumentException("no part of an embedded AWS: " + parameter);
        }
        return part.apply(aws(context));
    }

    /// The store of the class that asked first keeps it, and closes it with itself; nested classes find it there.
    private EmbeddedAws aws(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(EmbeddedAws.class, key -> start(), EmbeddedAws.class);
    }

    private EmbeddedAws start() {
        var builder = EmbeddedAws.builder();
        choices.accept(builder);
        return builder.start();
    }
}
