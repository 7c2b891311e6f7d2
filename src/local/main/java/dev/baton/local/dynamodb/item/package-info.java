/// Items of DynamoDB: attributes of ten types, their order, their size and their form in JSON.
@NullMarked
package dev.baton.local.dynamodb.item;

import org.jspecify.annotations.NullMarked;
