package own;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import java.time.LocalDate;

@Intent("What the shop logged on a day")
public record ShopLog(LocalDate day) implements ExternalTask {
    @Override
    public Target output() {
        return S3Target.at("s3://shop/raw/{day}.log", this);
    }
}
