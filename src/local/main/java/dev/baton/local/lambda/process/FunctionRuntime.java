package dev.baton.local.lambda.process;

import java.nio.file.Path;
import java.util.List;

/// The way in which one of Lambda's runtimes runs a function on this machine.
public sealed interface FunctionRuntime {
    /// The command of a function's process.
    ///
    /// @param temporary the folder for its temporary files
    List<String> command(int memoryMegabytes, Path temporary, String handler);

    /// The first line of the function's log; empty where there is none.
    String opening();

    /// Functions of Java, in a JVM.
    ///
    /// @param nativeClient the runtime client's native part
    record OfJava(JavaRuntime java, Path nativeClient) implements FunctionRuntime {
        @Override
        public List<String> command(int memoryMegabytes, Path temporary, String handler) {
            return java.command(memoryMegabytes, temporary, nativeClient, handler);
        }

        @Override
        public String opening() {
            return "";
        }
    }

    /// Functions of a script language, in an interpreter.
    ///
    /// @param bootstrap the script that loads the handler and asks for invocations
    record OfScript(Interpreter interpreter, Path bootstrap) implements FunctionRuntime {

        /// Python leaves no compiled files in the function's folder, which Lambda's functions cannot write to either,
        /// and sees nothing of the packages in a home directory.
        @Override
        public List<String> command(int memoryMegabytes, Path temporary, String handler) {
            var program = interpreter.program().toString();
            return switch (interpreter.language()) {
                case PYTHON -> List.of(program, "-u", "-B", "-s", bootstrap.toString(), handler);
                case NODE -> List.of(program, "--max-old-space-size=" + memoryMegabytes, bootstrap.toString(), handler);
            };
        }

        /// Lambda logs which version runs; here it may be another one than the function asks for.
        @Override
        public String opening() {
            return "INIT_START Runtime Version: " + interpreter.label();
        }
    }
}
