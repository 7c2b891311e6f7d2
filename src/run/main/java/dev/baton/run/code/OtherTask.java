package dev.baton.run.code;

import dev.baton.run.code.ClassMembers.Code;
import dev.baton.run.code.ClassMembers.Method;
import dev.baton.task.ExpandingTask;
import dev.baton.task.ServiceTask;
import dev.baton.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Type;

/// The class of a task as another task sees it, which names it to require it.
///
/// @param open the methods that somebody may call who does not name them: all but private ones and those with which Baton
///     asks a task
record OtherTask(NormalClass header, Map<Method, Code> methods, List<Method> open) {
    private static final Set<String> GRAPH = Set.of("requires", "uses", "identities");

    /// The methods with which Baton asks a task what it requires and has it do its work, by name and parameters. Where
    /// its output is, others ask too.
    private static final Set<String> ASKED = Stream.of(Task.class, ServiceTask.class, ExpandingTask.class)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .filter(method -> GRAPH.contains(method.getName())
                    || Arrays.stream(method.getParameterTypes()).anyMatch(OtherTask::isOfRuns))
            .map(method -> beginning(method.getName() + Type.getMethodDescriptor(method)))
            .collect(Collectors.toUnmodifiableSet());

    private static boolean isOfRuns(Class<?> type) {
        return ClassMembers.OF_RUNS.contains(type.descriptorString());
    }

    /// Without what it returns, which an author may say more exactly; a handle may also be of a field.
    private static String beginning(String signature) {
        return signature.substring(0, signature.indexOf(')') + 1);
    }

    /// Whether Baton calls a method, and others only by name.
    static boolean isAsked(Method method) {
        return ASKED.contains(beginning(method.signature()));
    }

    /// The methods that a call reaches which names another type's, such as the interface's.
    List<Method> answering(Method called) {
        return methods.keySet().stream()
                .filter(method -> beginning(method.signature()).equals(beginning(called.signature())))
                .toList();
    }

    /// The class, if it is a task's: a record, for what tasks have in common may stand in interfaces.
    static Optional<OtherTask> of(ClassFiles files, String name) {
        return files.project(name).filter(file -> isTask(files, name)).map(file -> {
            var members = ClassMembers.of(file);
            var open =
                    members.open().stream().filter(method -> !isAsked(method)).toList();
            return new OtherTask(members.header(), members.methods(), open);
        });
    }

    private static boolean isTask(ClassFiles files, String name) {
        try {
            var type = Class.forName(name.replace('/', '.'), false, files.loader());
            return type.isRecord() && Task.class.isAssignableFrom(type);
        } catch (ClassNotFoundException | LinkageError e) {
            // It counts whole, as any other class.
            return false;
        }
    }
}
