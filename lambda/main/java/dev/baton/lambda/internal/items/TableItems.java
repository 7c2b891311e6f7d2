package dev.baton.lambda.internal.items;

import dev.baton.lambda.internal.aws.SignedPost;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.Task;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The items of tables that are outputs, read and put with somebody's credentials.
///
/// @param post asked for where there is an item
public record TableItems(Supplier<SignedPost> post) {

    /// The item that is the output of a task; null where that is an object only.
    public @Nullable TableItem of(Task task) {
        return task.output() instanceof DynamoDbTarget target ? new TableItem(target, post.get()) : null;
    }
}
