import { describe, expect, it } from 'vitest';
import { keepScreen } from './keep-screen.ts';
import { callsOf, choose, openDenoised, violations } from './open-window.ts';
import { windowSuite } from './window-suite.ts';

const suite = windowSuite({ models: ['Relume One', 'Relume Two'] });
const button = (name: string) => suite.page.getByRole('button', { name, exact: true });
const strength = () => suite.page.getByRole('slider', { name: 'Strength', exact: true });
const chosen = async () => ({
  strength: await strength().inputValue(),
  model: await suite.page.getByLabel('Model', { exact: true }).inputValue(),
});

describe('presets', () => {
  it('keep all that is chosen under a name, and give it to every open photo by one press', async () => {
    await choose(suite.page, 'meadow.jpg', 'tower.png');
    await suite.page.locator('[data-picture=tower]').waitFor();
    await strength().fill('60');
    await suite.page.getByLabel('Model', { exact: true }).selectOption('Relume Two');
    await button('Keep these options as a preset').click();
    await suite.page.getByRole('textbox', { name: 'Name of the preset' }).fill('Soft');
    await button('Keep').click();
    expect(await button('Soft').getAttribute('aria-pressed')).toBe('true');
    await strength().fill('90');
    expect(await button('Soft').getAttribute('aria-pressed')).toBe('false');
    await suite.page.locator('[data-picture=tower]').click();
    await button('Soft').click();
    expect(await chosen()).toEqual({ strength: '60', model: 'model-2' });
    await suite.page.locator('[data-picture=meadow]').click();
    expect(await strength().inputValue()).toBe('60');
    expect((await callsOf(suite.page, 'presets.set')).at(-1)?.input).toMatchObject({
      presets: [{ name: 'Soft', options: { strength: 60, model: 'model-2' } }],
    });
    expect(await violations(suite.page)).toEqual([]);
    await keepScreen(suite.page, 'presets');
    await suite.page.keyboard.press('Control+z');
    expect(await strength().inputValue()).toBe('90');
  });

  it('are renamed, removed and put back', async () => {
    await openDenoised(suite.page);
    for (const name of ['Soft', 'Hard']) {
      await button('Keep these options as a preset').click();
      await suite.page.getByRole('textbox', { name: 'Name of the preset' }).fill(name);
      await suite.page.keyboard.press('Enter');
    }
    await button('Rename or remove presets').click();
    await suite.page.getByRole('textbox', { name: 'Name of the preset Soft' }).fill('Gentle');
    await suite.page.keyboard.press('Enter');
    await button('Remove the preset Hard').click();
    await suite.page.getByText('Hard is removed.').waitFor();
    expect(await violations(suite.page)).toEqual([]);
    await keepScreen(suite.page, 'presets-edited');
    await button('Put it back').click();
    await button('Rename or remove presets').click();
    await button('Gentle').waitFor();
    await button('Hard').waitFor();
  });
});

describe('undo', () => {
  it('takes changes of options back and makes them again, by key and by button', async () => {
    await openDenoised(suite.page);
    expect(await button('Undo').isDisabled()).toBe(true);
    await strength().fill('40');
    await suite.page.getByLabel('Model', { exact: true }).selectOption('Relume Two');
    await suite.page.getByRole('switch', { name: 'Remove metadata' }).check();
    await suite.page.keyboard.press('Control+z');
    expect(await suite.page.getByRole('switch', { name: 'Remove metadata' }).isChecked()).toBe(false);
    await button('Undo').click();
    expect(await chosen()).toEqual({ strength: '40', model: 'denoise-color-1' });
    await button('Undo').click();
    expect(await chosen()).toEqual({ strength: '100', model: 'denoise-color-1' });
    await suite.page.keyboard.press('Control+Shift+z');
    await button('Redo').click();
    expect(await chosen()).toEqual({ strength: '40', model: 'model-2' });
    await suite.page.keyboard.press('?');
    await suite.page.getByText('Undo a change of options').waitFor();
  });

  it('leaves what is typed into a field to the field', async () => {
    await openDenoised(suite.page);
    await strength().fill('40');
    const pattern = suite.page.getByRole('textbox', { name: 'Name' });
    await pattern.click();
    await suite.page.keyboard.type('ab');
    await suite.page.keyboard.press('Control+z');
    expect(await pattern.inputValue()).toBe('');
    expect(await strength().inputValue()).toBe('40');
  });
});
