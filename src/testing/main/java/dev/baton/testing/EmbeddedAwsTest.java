package dev.baton.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test class with an embedded AWS of its own: started before the first test, closed after the last.
///
/// Constructors, life cycle methods and tests get it as a parameter; see [EmbeddedAwsExtension].
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedAwsExtension.class)
public @interface EmbeddedAwsTest {}
