package dev.baton.local.lambda.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/// The code of a function.
public sealed interface FunctionCode {

    /// A handler that is an object of this process.
    ///
    /// @param handler makes the handler from its environment variables, once for every sandbox
    record InProcess(Function<Map<String, String>, RequestStreamHandler> handler) implements FunctionCode {}

    /// An upload, unpacked: it runs in processes of its own, one of Java under Lambda's own runtime client.
    ///
    /// @param taskRoot the folder that is `/var/task` in Lambda: classes, and jars under `lib`, or scripts
    /// @param handler `package.Class` or `package.Class::method`, or `folder/module.function`
    record Unpacked(Path taskRoot, String handler) implements FunctionCode {}
}
