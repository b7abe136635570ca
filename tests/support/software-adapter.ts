import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { installedBrowser } from "./browser.mjs";

/**
 * The environment in which a process finds a software WebGPU adapter (SwiftShader, which comes with Chromium together
 * with a Vulkan loader), or null where no Chromium here has it.
 */
export function softwareAdapter(): Record<string, string> | null {
  const browser = installedBrowser();
  const folders = ["/usr/lib/chromium", ...(browser ? [path.dirname(realpathSync(browser))] : [])];
  const folder = folders.find((candidate) => existsSync(path.join(candidate, "vk_swiftshader_icd.json")));
  if (!folder) return null;
  return {
    VK_ICD_FILENAMES: path.join(folder, "vk_swiftshader_icd.json"),
    LD_LIBRARY_PATH: [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(path.delimiter),
  };
}
