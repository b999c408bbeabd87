import type { Story } from "../workspace.ts";

/** Where the example repository's story stands, and the button that makes its next commit. */
export function StoryBar({
  story: { label, step, steps },
  advancing,
  onNext,
}: {
  story: Story;
  advancing: boolean;
  onNext: () => void;
}) {
  const over = step >= steps;
  return (
    <section className="story" aria-label="Story">
      <p data-testid="story" aria-live="polite">
        <strong>
          {step} of {steps}:
        </strong>{" "}
        <span title={label}>{label}</span>
      </p>
      <button
        type="button"
        data-testid="next-commit"
        disabled={over || advancing}
        onClick={onNext}
      >
        {over ? "No more commits" : advancing ? "Committing …" : "Next commit"}
      </button>
    </section>
  );
}
