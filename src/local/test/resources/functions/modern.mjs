import {word} from "./beside.cjs";

const ready = await Promise.resolve("ready");
export const handler = async () => `${ready}: ${word}`;
