package dev.baton.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import java.time.InstantSource;

/// The deployed handlers, made for other clients and another clock than those of the process.
public final class Handlers {
    private Handlers() {}

    /// The handler of a function.
    public static RequestStreamHandler of(
            Kind kind, FunctionEnvironment environment, ServiceClients clients, InstantSource time) {
        return switch (kind) {
            case TASK -> new TaskFunction(environment, clients, time);
            case PIN -> new PinFunction(environment, clients);
            case START -> new StartFunction(environment, clients);
            case AWAIT -> new AwaitFunction(environment, clients, time);
            case CALLBACK -> new CallbackFunction(environment, clients, time);
            case APPROVAL, ACCESS -> throw new IllegalArgumentException("not of the simulation: " + kind);
        };
    }
}
