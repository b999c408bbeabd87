import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";

const place = document.getElementById("page");
if (place === null) throw new Error("The page has no place to draw in");
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
