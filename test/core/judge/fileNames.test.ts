import { describe, expect, it } from "vitest";
import { filesByName, isAmbiguous } from "../../../src/core/judge/fileNames.ts";

/** The path that a subject means among these, `path | path` where it may mean several, "" for none. */
function found(subject: string, ...paths: string[]): string {
  const files = paths.map((path) => ({
    path,
    covered: 1,
    total: 2,
    branches: null,
  }));
  const file = filesByName(files)(subject);
  if (!file) return "";
  return isAmbiguous(file) ? file.candidates.join(" | ") : file.path;
}

const ENGINE = "backend/core/workflow_engine.py";
const TREE = [
  ENGINE,
  "backend/core/agent_service.py",
  "backend/core/agent.py",
  "backend/tools/canvas_tool.py",
  "backend/api/api_client.py",
  "backend/tests/test_workflow_engine.py",
  "frontend/src/OrderList.tsx",
  "frontend/src/use-cart.ts",
  "mobile/src/cartService.ts",
  "backend/core/llm/byok_handler.py",
  "backend/core/models.py",
  "backend/saas/models.py",
];

describe("a subject", () => {
  it.each([
    ["workflow_engine.py", ENGINE],
    ["core/workflow_engine.py", ENGINE],
    ["/builds/7/backend/core/workflow_engine.py", ENGINE],
    ["`workflow_engine.py`", ENGINE],
    ["Workflow_Engine.py", ENGINE],
    ["workflow_engine", ENGINE],
    ["core/workflow_engine", ENGINE],
    ["core.workflow_engine", ENGINE],
    ["backend.core.workflow_engine", ENGINE],
    ["app.backend.core.workflow_engine", ENGINE],
    ["workflow engine", ENGINE],
    ["the Workflow Engine", ENGINE],
    ["workflow-engine", ENGINE],
    ["workflow engine module", ENGINE],
    ["workflow engine service", ENGINE],
    ["Workflow engine coverage", ENGINE],
    ["workflow engines", ENGINE],
    ["WorkflowEngine", ENGINE],
    ["WorkflowEngine class", ENGINE],
    ["AgentService", "backend/core/agent_service.py"],
    ["agent service", "backend/core/agent_service.py"],
    ["Canvas tools", "backend/tools/canvas_tool.py"],
    ["BYOKHandler", "backend/core/llm/byok_handler.py"],
    ["BYOK handler", "backend/core/llm/byok_handler.py"],
    ["test_workflow_engine.py", "backend/tests/test_workflow_engine.py"],
    ["order list", "frontend/src/OrderList.tsx"],
    ["useCart", "frontend/src/use-cart.ts"],
    ["cart service", "mobile/src/cartService.ts"],
    ["core/models.py", "backend/core/models.py"],
    ["saas.models", "backend/saas/models.py"],
  ])("%j is %s", (subject, path) => {
    expect(found(subject, ...TREE)).toBe(path);
  });

  it.each([
    "api",
    "engine",
    "workflow",
    "core",
    "core/",
    "backend",
    "workflow engine tests",
    "other/workflow_engine",
    "other.workflow_engine",
    "workflow_engine.ts",
    "agents",
    "the workflow engine, and more",
    "x",
    "",
    "⚠️",
    "a".repeat(500),
  ])("%j is none of them", (subject) => {
    expect(found(subject, ...TREE)).toBe("");
  });

  it("is not the file of one word that a longer name begins with", () => {
    expect(found("agent services", "core/agent.py")).toBe("");
    expect(found("cart service", "core/cart.py")).toBe("");
    expect(found("test_cart.py", "core/cart.py")).toBe("");
  });

  it.each(["models.py", "models", "Models module"])(
    "%j may be several: all of them are named",
    (subject) => {
      expect(found(subject, ...TREE)).toBe(
        "backend/core/models.py | backend/saas/models.py",
      );
    },
  );

  it("is a component's fullest name first", () => {
    const files = [
      "core/order.py",
      "core/order_module.py",
      "core/order_item.py",
    ];
    expect(found("order module", ...files)).toBe("core/order_module.py");
    expect(found("order item module", ...files)).toBe("core/order_item.py");
  });
});
