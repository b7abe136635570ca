"use client";
import { DropdownMenu } from "radix-ui";
import { useEffect, useState } from "react";

type Density = "comfortable" | "compact";

const key = "sulcus.density";
const choices: readonly { value: Density; name: string }[] = [
  { value: "comfortable", name: "Table rows: comfortable" },
  { value: "compact", name: "Table rows: compact" },
];

/** How high the rows of tables are: a person's choice, remembered in this browser. */
export function useDensity(): [Density, (density: Density) => void] {
  const [density, setDensity] = useState<Density>("comfortable");
  useEffect(() => {
    if (recalled() === "compact") setDensity("compact");
  }, []);
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  return [
    density,
    (chosen) => {
      setDensity(chosen);
      remember(chosen);
    },
  ];
}

interface Props {
  density: Density;
  onChoose(density: Density): void;
  /** Of each choice. */
  className: string;
}

/** The choice, as items of the account menu. */
export function DensityItems({ density, onChoose, className }: Props) {
  return (
    <DropdownMenu.RadioGroup
      aria-label="Height of table rows"
      value={density}
      onValueChange={(value) => onChoose(value as Density)}
    >
      {choices.map(({ value, name }) => (
        <DropdownMenu.RadioItem key={value} value={value} className={className}>
          {name}
          <DropdownMenu.ItemIndicator>
            <span aria-hidden="true"> ✓</span>
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

function recalled(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(density: Density): void {
  try {
    localStorage.setItem(key, density);
  } catch {
    // A browser that keeps nothing begins with the usual height next time.
  }
}
