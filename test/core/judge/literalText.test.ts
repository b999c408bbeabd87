import { expect, it } from "vitest";
import { isLiteral } from "../../../src/core/judge/literalText.ts";

it.each([
  "class Order",
  "Widget factory (new)",
  "def total",
  "from core.models import Order",
  "import a, b from 'x'",
  "hmac.compare_digest",
  "/health/live",
  "export default function",
  "orders",
  "# TODO",
])("a file may hold %j word for word", (text) => {
  expect(isLiteral(text)).toBe(true);
});

it.each([
  "Overall coverage >= 26%",
  "Coverage increase, test results",
  "create_order method",
  "create_order, cancel_order functions",
  "test_login, test_logout, test_refresh",
  "POST /api/orders",
  "GET /orders/:id endpoint",
  "@app.post\\(",
  "import.*Order",
  "Order|Invoice",
])("no file need hold %j word for word", (text) => {
  expect(isLiteral(text)).toBe(false);
});
